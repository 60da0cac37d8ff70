import type { ActivityFields } from '../audit/catalogue/activity-fields';
import { ActivityType } from '../audit/catalogue/activity-type';
import { createKeyedId } from '../lib/time-ordered-id';
import type { SeededRandom } from './seeded-random';
import type { RandomOrders } from './random-orders';

/** An action of demo users: how often it happens, which roles perform it, and the fields of its record. */
export interface DemoAction {
  readonly type: ActivityType;
  readonly weight: number;
  readonly roles: readonly ('manager' | 'auditor' | 'support')[];
  readonly fields: (orders: RandomOrders, random: SeededRandom) => Partial<ActivityFields>;
}

/** The time and the id of the example row of the report's documentation. The contract's examples have this id. */
export const SEED_TIME = new Date('2014-06-10T11:46:01+03:00');
export const SEED_ID = createKeyedId(SEED_TIME, 'seed');

const COMMENTS = [
  'Customer request',
  'Called by phone',
  'Duplicate order',
  'Agreed with finance',
  'Chargeback risk',
  'Ticket closed',
];
const PAGES = [
  'Dashboard',
  'Orders',
  'Order',
  'Subscriptions',
  'Subscription',
  'Shoppers',
  'Products',
  'Invoices',
  'Reports center',
];
const TEMPLATES = ['Order confirmation', 'Renewal reminder', 'Invoice', 'Refund confirmation'];
const BROWSERS = ['Firefox', 'Chrome', 'Safari'];
const COLLEAGUES = ['John Doe', 'Elena Ionescu', 'Noah Smith'];
const SUPPORT = ['support'] as const;
const MANAGER = ['manager'] as const;

const pickComment = (random: SeededRandom) => (random.chance(0.7) ? { comment: random.pick(COMMENTS) } : {});

function orderAction(type: ActivityType, weight: number): DemoAction {
  const fields = (orders: RandomOrders, random: SeededRandom) => {
    const { orderReference, subscriptionReference, amount, currency } = orders.pick();
    return { orderReference, subscriptionReference, amount, currency, billingCycles: 1, ...pickComment(random) };
  };
  return { type, weight, roles: SUPPORT, fields };
}

function subscriptionAction(type: ActivityType, weight: number): DemoAction {
  const fields = (orders: RandomOrders, random: SeededRandom) => {
    const { subscriptionReference, orderReference } = orders.pick();
    return { subscriptionReference, orderReference, ...pickComment(random) };
  };
  return { type, weight, roles: SUPPORT, fields };
}

function templateAction(type: ActivityType, weight: number): DemoAction {
  return { type, weight, roles: ['manager', 'support'], fields: (_, random) => ({ comment: random.pick(TEMPLATES) }) };
}

function administrationAction(type: ActivityType, weight: number, comments: readonly string[]): DemoAction {
  return { type, weight, roles: MANAGER, fields: (_, random) => ({ comment: random.pick(comments) }) };
}

/** All actions except login and logout, which start and end each working day. */
export const DEMO_ACTIONS: readonly DemoAction[] = [
  {
    type: ActivityType.PageAccessed,
    weight: 60,
    roles: ['manager', 'auditor', 'support'],
    fields: (_, random) => ({ page: random.pick(PAGES) }),
  },
  {
    type: ActivityType.SessionEnded,
    weight: 0.4,
    roles: ['manager', 'auditor', 'support'],
    fields: (_, random) => ({ comment: `203.0.113.${random.integerBelow(99)}, ${random.pick(BROWSERS)}` }),
  },
  { type: ActivityType.PasswordChanged, weight: 0.4, roles: ['manager', 'auditor', 'support'], fields: () => ({}) },
  {
    type: ActivityType.OrderPlaced,
    weight: 9,
    roles: SUPPORT,
    fields: (orders, random) => ({ ...orders.place(), billingCycles: 1, ...pickComment(random) }),
  },
  orderAction(ActivityType.RefundRequested, 5),
  orderAction(ActivityType.RefundCanceled, 2),
  {
    type: ActivityType.InvoiceSent,
    weight: 5,
    roles: SUPPORT,
    fields: (orders) => ({ orderReference: orders.pick().orderReference }),
  },
  orderAction(ActivityType.SubscriptionUpgraded, 2),
  subscriptionAction(ActivityType.SubscriptionCanceled, 3),
  subscriptionAction(ActivityType.SubscriptionEnabled, 2),
  {
    type: ActivityType.SubscriptionPriceChanged,
    weight: 2,
    roles: SUPPORT,
    fields: (orders, random) => ({
      ...orders.pick(),
      billingCycles: 1 + random.integerBelow(12),
      ...pickComment(random),
    }),
  },
  subscriptionAction(ActivityType.SubscriptionExtended, 2),
  subscriptionAction(ActivityType.RecurringBillingStopped, 2),
  subscriptionAction(ActivityType.AutomaticBillingEnabled, 2),
  {
    type: ActivityType.CreditCardChanged,
    weight: 2,
    roles: SUPPORT,
    fields: (orders, random) => ({
      subscriptionReference: orders.pick().subscriptionReference,
      details: { card: { brand: 'Visa', lastFour: random.letters(4, '0123456789') } },
    }),
  },
  templateAction(ActivityType.EmailTemplateCreated, 0.3),
  templateAction(ActivityType.EmailTemplateUpdated, 0.6),
  templateAction(ActivityType.EmailTemplatePreviewed, 1),
  templateAction(ActivityType.EmailTemplateTestSent, 0.6),
  templateAction(ActivityType.EmailTemplateActivated, 0.3),
  templateAction(ActivityType.EmailTemplateDeleted, 0.2),
  templateAction(ActivityType.EmailTemplateRestored, 0.1),
  administrationAction(ActivityType.UserCreated, 0.6, COLLEAGUES),
  administrationAction(ActivityType.UserInvited, 0.4, COLLEAGUES),
  administrationAction(ActivityType.UserUpdated, 1, COLLEAGUES),
  administrationAction(ActivityType.UserDisabled, 0.4, COLLEAGUES),
  administrationAction(ActivityType.RoleCreated, 0.5, ['Refund desk', 'Night shift']),
  administrationAction(ActivityType.RoleUpdated, 0.8, ['Customer support', 'Auditors']),
  administrationAction(ActivityType.RoleDeleted, 0.4, ['Refund desk', 'Night shift']),
  administrationAction(ActivityType.ApiKeyCreated, 0.5, ['nightly-export', 'data-warehouse']),
  administrationAction(ActivityType.ApiKeyRevoked, 0.4, ['nightly-export', 'data-warehouse']),
  administrationAction(ActivityType.AccountUpdated, 0.5, ['Demo Merchant']),
  administrationAction(ActivityType.ActivityTypeCreated, 0.3, ['CRM: add note', 'CRM: log call']),
  administrationAction(ActivityType.ActivityTypeUpdated, 0.3, ['CRM: add note', 'CRM: log call']),
  administrationAction(ActivityType.ProductCreated, 0.5, [
    'ANTIVIRUS-1Y: Antivirus, one year',
    'BACKUP-1M: Backup, one month',
  ]),
  {
    type: ActivityType.ReportBuilt,
    weight: 8,
    roles: ['manager', 'auditor'],
    fields: () => ({ comment: 'Users activity; all users; all activities' }),
  },
  {
    type: ActivityType.ReportExported,
    weight: 3,
    roles: ['manager', 'auditor'],
    fields: () => ({ comment: 'Users activity; all users; all activities' }),
  },
  {
    type: ActivityType.ActivityViewed,
    weight: 3,
    roles: ['manager', 'auditor'],
    fields: () => ({ details: { activityId: SEED_ID } }),
  },
];
