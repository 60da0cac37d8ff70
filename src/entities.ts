import { Account } from './access/accounts/account.entity';
import { Role, RolePrivilege } from './access/members/role.entity';
import { User, UserRole } from './access/members/user.entity';
import { CustomActivityType } from './audit/catalogue/custom-activity-type.entity';
import { AuditLedgerEntry, AuditLedgerHead } from './audit/ledger/ledger.entities';
import { Activity, UnclaimedAttempt } from './audit/recording/activity.entity';
import { PendingRecords } from './audit/recording/pending-records.entity';
import { ApiKey } from './auth/api-keys/api-key.entity';
import { Invitation } from './auth/invitations/invitation.entity';
import { KnownAddress } from './auth/login/known-address.entity';
import { LoginAttempt } from './auth/login/login-attempt.entity';
import { LoginRefusal, LoginRefusalCount } from './auth/login/login-refusal.entity';
import { Session } from './auth/sessions/session.entity';
import { Product, ProductUpgrade } from './control-panel/catalog/product.entity';
import { LedgerEntry } from './control-panel/payments/ledger-entry.entity';
import { PendingCharge } from './control-panel/payments/pending-charge.entity';
import { Counter } from './control-panel/sales/counter.entity';
import { Invoice } from './control-panel/sales/invoice.entity';
import { Order, OrderLine } from './control-panel/sales/order.entity';
import { Refund, RefundLine } from './control-panel/sales/refund.entity';
import {
  ActiveEmailTemplate,
  EmailTemplate,
  EmailTemplateVersion,
} from './control-panel/shopper-mails/email-template.entity';
import { Subscription } from './control-panel/subscriptions/subscription.entity';
import { IdempotencyKey } from './idempotency/idempotency-key.entity';
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
  KnownAddress,
  LoginRefusal,
  LoginRefusalCount,
  ApiKey,
  Invitation,
  Activity,
  UnclaimedAttempt,
  AuditLedgerEntry,
  AuditLedgerHead,
  PendingRecords,
  CustomActivityType,
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
  PendingCharge,
  OutgoingMail,
  EmailTemplate,
  EmailTemplateVersion,
  ActiveEmailTemplate,
];
