import { Account } from './access/accounts/account.entity';
import { Role, RolePrivilege } from './access/roles/role.entity';
import { User, UserRole } from './access/users/user.entity';
import { Activity } from './audit/activity.entity';
import { LoginAttempt } from './auth/login-attempt.entity';
import { Session } from './auth/session.entity';
import { Product, ProductUpgrade } from './control-panel/catalog/product.entity';
import { Invoice } from './control-panel/invoices/invoice.entity';
import { Counter } from './control-panel/orders/counter.entity';
import { IdempotencyKey } from './control-panel/idempotency/idempotency-key.entity';
import { Order, OrderLine } from './control-panel/orders/order.entity';
import { LedgerEntry } from './control-panel/payments/ledger-entry.entity';
import { Refund, RefundLine } from './control-panel/refunds/refund.entity';
import { Subscription } from './control-panel/subscriptions/subscription.entity';
import { OutgoingMail } from './mail/outgoing-mail.entity';

/** Every table of the service. */
export const ENTITIES = [
  Account,
  User,
  UserRole,
  Role,
  RolePrivilege,
  Session,
  LoginAttempt,
  Activity,
  Product,
  ProductUpgrade,
  Counter,
  IdempotencyKey,
  Order,
  OrderLine,
  Subscription,
  Invoice,
  Refund,
  RefundLine,
  LedgerEntry,
  OutgoingMail,
];
