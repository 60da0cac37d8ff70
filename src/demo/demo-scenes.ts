import type { ActivityFields } from '../audit/catalogue/activity-fields';
import { ActivityType } from '../audit/catalogue/activity-type';
import type { Dice } from './dice';
import type { Shop } from './shop';

/** Something that a demo user does, and how often. */
export interface Scene {
  readonly type: ActivityType;
  readonly weight: number;
  readonly roles: readonly ('manager' | 'auditor' | 'support')[];
  readonly fields: (shop: Shop, dice: Dice) => Partial<ActivityFields>;
}

const NOTES = [
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

const note = (dice: Dice) => (dice.chance(0.7) ? { comment: dice.pick(NOTES) } : {});

function onOrder(type: ActivityType, weight: number): Scene {
  const fields = (shop: Shop, dice: Dice) => {
    const { orderReference, subscriptionReference, amount, currency } = shop.anyOrder();
    return { orderReference, subscriptionReference, amount, currency, billingCycles: 1, ...note(dice) };
  };
  return { type, weight, roles: SUPPORT, fields };
}

function onSubscription(type: ActivityType, weight: number): Scene {
  const fields = (shop: Shop, dice: Dice) => {
    const { subscriptionReference, orderReference } = shop.anyOrder();
    return { subscriptionReference, orderReference, ...note(dice) };
  };
  return { type, weight, roles: SUPPORT, fields };
}

function onTemplate(type: ActivityType, weight: number): Scene {
  return { type, weight, roles: ['manager', 'support'], fields: (_, dice) => ({ comment: dice.pick(TEMPLATES) }) };
}

function administration(type: ActivityType, weight: number, comments: readonly string[]): Scene {
  return { type, weight, roles: MANAGER, fields: (_, dice) => ({ comment: dice.pick(comments) }) };
}

/** Every kind of activity but login and logout, which begin and end each day. */
export const SCENES: readonly Scene[] = [
  {
    type: ActivityType.PageAccessed,
    weight: 60,
    roles: ['manager', 'auditor', 'support'],
    fields: (_, dice) => ({ page: dice.pick(PAGES) }),
  },
  {
    type: ActivityType.SessionEnded,
    weight: 0.4,
    roles: ['manager', 'auditor', 'support'],
    fields: (_, dice) => ({ comment: `203.0.113.${dice.upTo(99)}, ${dice.pick(BROWSERS)}` }),
  },
  { type: ActivityType.PasswordChanged, weight: 0.4, roles: ['manager', 'auditor', 'support'], fields: () => ({}) },
  {
    type: ActivityType.OrderPlaced,
    weight: 9,
    roles: SUPPORT,
    fields: (shop, dice) => ({ ...shop.placeOrder(), billingCycles: 1, ...note(dice) }),
  },
  onOrder(ActivityType.RefundRequested, 5),
  onOrder(ActivityType.RefundCanceled, 2),
  {
    type: ActivityType.InvoiceSent,
    weight: 5,
    roles: SUPPORT,
    fields: (shop) => ({ orderReference: shop.anyOrder().orderReference }),
  },
  onOrder(ActivityType.SubscriptionUpgraded, 2),
  onSubscription(ActivityType.SubscriptionCanceled, 3),
  onSubscription(ActivityType.SubscriptionEnabled, 2),
  {
    type: ActivityType.SubscriptionPriceChanged,
    weight: 2,
    roles: SUPPORT,
    fields: (shop, dice) => ({ ...shop.anyOrder(), billingCycles: 1 + dice.upTo(12), ...note(dice) }),
  },
  onSubscription(ActivityType.SubscriptionExtended, 2),
  onSubscription(ActivityType.RecurringBillingStopped, 2),
  onSubscription(ActivityType.AutomaticBillingEnabled, 2),
  {
    type: ActivityType.CreditCardChanged,
    weight: 2,
    roles: SUPPORT,
    fields: (shop, dice) => ({
      subscriptionReference: shop.anyOrder().subscriptionReference,
      details: { card: { brand: 'Visa', lastFour: dice.letters(4, '0123456789') } },
    }),
  },
  onTemplate(ActivityType.EmailTemplateCreated, 0.3),
  onTemplate(ActivityType.EmailTemplateUpdated, 0.6),
  onTemplate(ActivityType.EmailTemplatePreviewed, 1),
  onTemplate(ActivityType.EmailTemplateTestSent, 0.6),
  onTemplate(ActivityType.EmailTemplateActivated, 0.3),
  onTemplate(ActivityType.EmailTemplateDeleted, 0.2),
  onTemplate(ActivityType.EmailTemplateRestored, 0.1),
  administration(ActivityType.UserCreated, 0.6, COLLEAGUES),
  administration(ActivityType.UserInvited, 0.4, COLLEAGUES),
  administration(ActivityType.UserUpdated, 1, COLLEAGUES),
  administration(ActivityType.UserDisabled, 0.4, COLLEAGUES),
  administration(ActivityType.RoleCreated, 0.5, ['Refund desk', 'Night shift']),
  administration(ActivityType.RoleUpdated, 0.8, ['Customer support', 'Auditors']),
  administration(ActivityType.RoleDeleted, 0.4, ['Refund desk', 'Night shift']),
  administration(ActivityType.ApiKeyCreated, 0.5, ['nightly-export', 'data-warehouse']),
  administration(ActivityType.ApiKeyRevoked, 0.4, ['nightly-export', 'data-warehouse']),
  administration(ActivityType.AccountUpdated, 0.5, ['Demo Merchant']),
  administration(ActivityType.ActivityTypeCreated, 0.3, ['CRM: add note', 'CRM: log call']),
  administration(ActivityType.ActivityTypeUpdated, 0.3, ['CRM: add note', 'CRM: log call']),
  administration(ActivityType.ProductCreated, 0.5, [
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
];
