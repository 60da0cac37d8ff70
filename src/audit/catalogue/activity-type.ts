/** The built-in activity types, by the codes that records, filters and the contract use. */
export const ActivityType = {
  UserLogin: 'user.login',
  UserLogout: 'user.logout',
  SessionEnded: 'session.ended',
  PageAccessed: 'page.accessed',
  OrderPlaced: 'order.placed',
  RefundRequested: 'refund.requested',
  RefundCanceled: 'refund.canceled',
  InvoiceSent: 'invoice.sent',
  SubscriptionUpgraded: 'subscription.upgraded',
  SubscriptionCanceled: 'subscription.canceled',
  SubscriptionEnabled: 'subscription.enabled',
  SubscriptionPriceChanged: 'subscription.price_changed',
  SubscriptionExtended: 'subscription.extended',
  RecurringBillingStopped: 'subscription.recurring_billing_stopped',
  AutomaticBillingEnabled: 'subscription.automatic_billing_enabled',
  CreditCardChanged: 'credit_card.changed',
  EmailTemplateCreated: 'email_template.created',
  EmailTemplateUpdated: 'email_template.updated',
  EmailTemplatePreviewed: 'email_template.previewed',
  EmailTemplateTestSent: 'email_template.test_sent',
  EmailTemplateActivated: 'email_template.activated',
  EmailTemplateDeleted: 'email_template.deleted',
  EmailTemplateRestored: 'email_template.restored',
  UserCreated: 'user.created',
  UserUpdated: 'user.updated',
  UserDisabled: 'user.disabled',
  UserInvited: 'user.invited',
  PasswordChanged: 'user.password_changed',
  RoleCreated: 'role.created',
  RoleUpdated: 'role.updated',
  RoleDeleted: 'role.deleted',
  ApiKeyCreated: 'api_key.created',
  ApiKeyRevoked: 'api_key.revoked',
  AccountUpdated: 'account.updated',
  ProductCreated: 'product.created',
  ActivityTypeCreated: 'activity_type.created',
  ActivityTypeUpdated: 'activity_type.updated',
  ReportBuilt: 'report.built',
  ReportExported: 'report.exported',
  ActivityViewed: 'activity.viewed',
  ReportSummarized: 'report.summarized',
  FeedRead: 'activity_feed.read',
} as const;
export type ActivityType = (typeof ActivityType)[keyof typeof ActivityType];

/** The columns of a record that depend on its activity type. */
export const ACTIVITY_COLUMNS = [
  'subscriptionReference',
  'orderReference',
  'amount',
  'currency',
  'billingCycles',
  'comment',
  'page',
] as const;
export type ActivityColumn = (typeof ACTIVITY_COLUMNS)[number];

interface CatalogueEntry {
  /** The label that the report shows. */
  readonly label: string;
  /** The group under which screens list it. */
  readonly group: string;
  /** The columns that a successful record of this type always fills. */
  readonly columns: readonly ActivityColumn[];
}

/** Label, group and columns of each built-in activity type. */
export const ACTIVITY_CATALOGUE = {
  'user.login': { label: 'Login', group: 'Sessions', columns: [] },
  'user.logout': { label: 'Logout', group: 'Sessions', columns: [] },
  'session.ended': { label: 'End session', group: 'Sessions', columns: ['comment'] },
  'page.accessed': { label: 'Accessed page', group: 'Pages', columns: ['page'] },
  'order.placed': { label: 'Place new order', group: 'Orders', columns: ['orderReference', 'amount', 'currency'] },
  'refund.requested': {
    label: 'Request order refund',
    group: 'Orders',
    columns: ['orderReference', 'amount', 'currency'],
  },
  'refund.canceled': {
    label: 'Cancel order refund',
    group: 'Orders',
    columns: ['orderReference', 'amount', 'currency'],
  },
  'invoice.sent': { label: 'Send shopper invoice', group: 'Orders', columns: ['orderReference'] },
  'subscription.upgraded': {
    label: 'Upgrade subscription',
    group: 'Subscriptions',
    columns: ['subscriptionReference', 'amount', 'currency', 'billingCycles'],
  },
  'subscription.canceled': { label: 'Cancel subscription', group: 'Subscriptions', columns: ['subscriptionReference'] },
  'subscription.enabled': { label: 'Enable subscription', group: 'Subscriptions', columns: ['subscriptionReference'] },
  'subscription.price_changed': {
    label: 'Change subscription price',
    group: 'Subscriptions',
    columns: ['subscriptionReference', 'amount', 'currency', 'billingCycles'],
  },
  'subscription.extended': {
    label: 'Extend subscription lifetime',
    group: 'Subscriptions',
    columns: ['subscriptionReference'],
  },
  'subscription.recurring_billing_stopped': {
    label: 'Stop recurring billing',
    group: 'Subscriptions',
    columns: ['subscriptionReference'],
  },
  'subscription.automatic_billing_enabled': {
    label: 'Enable automatic billing',
    group: 'Subscriptions',
    columns: ['subscriptionReference'],
  },
  'credit_card.changed': {
    label: 'Change credit card information',
    group: 'Subscriptions',
    columns: ['subscriptionReference'],
  },
  'email_template.created': { label: 'Email Editor: create template', group: 'Email Editor', columns: ['comment'] },
  'email_template.updated': { label: 'Email Editor: update template', group: 'Email Editor', columns: ['comment'] },
  'email_template.previewed': { label: 'Email Editor: preview template', group: 'Email Editor', columns: ['comment'] },
  'email_template.test_sent': { label: 'Email Editor: send test email', group: 'Email Editor', columns: ['comment'] },
  'email_template.activated': { label: 'Email Editor: activate template', group: 'Email Editor', columns: ['comment'] },
  'email_template.deleted': { label: 'Email Editor: delete template', group: 'Email Editor', columns: ['comment'] },
  'email_template.restored': { label: 'Email Editor: restore template', group: 'Email Editor', columns: ['comment'] },
  'user.created': { label: 'Create user', group: 'Administration', columns: ['comment'] },
  'user.updated': { label: 'Update user', group: 'Administration', columns: ['comment'] },
  'user.disabled': { label: 'Disable user', group: 'Administration', columns: ['comment'] },
  'user.invited': { label: 'Invite user', group: 'Administration', columns: ['comment'] },
  'user.password_changed': { label: 'Change password', group: 'Administration', columns: [] },
  'role.created': { label: 'Create role', group: 'Administration', columns: ['comment'] },
  'role.updated': { label: 'Update role', group: 'Administration', columns: ['comment'] },
  'role.deleted': { label: 'Delete role', group: 'Administration', columns: ['comment'] },
  'api_key.created': { label: 'Create API key', group: 'Administration', columns: ['comment'] },
  'api_key.revoked': { label: 'Revoke API key', group: 'Administration', columns: ['comment'] },
  'account.updated': { label: 'Update account', group: 'Administration', columns: ['comment'] },
  'product.created': { label: 'Create product', group: 'Administration', columns: ['comment'] },
  'activity_type.created': { label: 'Create activity type', group: 'Administration', columns: ['comment'] },
  'activity_type.updated': { label: 'Update activity type', group: 'Administration', columns: ['comment'] },
  'report.built': { label: 'Build report', group: 'Administration', columns: ['comment'] },
  'report.exported': { label: 'Export report', group: 'Administration', columns: ['comment'] },
  'activity.viewed': { label: 'View activity', group: 'Administration', columns: [] },
  'report.summarized': { label: 'Summarize report', group: 'Administration', columns: ['comment'] },
  'activity_feed.read': { label: 'Read activity feed', group: 'Administration', columns: ['comment'] },
} as const satisfies Record<ActivityType, CatalogueEntry>;

/** The codes, in the order of the catalogue. */
export const ACTIVITY_TYPES = Object.keys(ACTIVITY_CATALOGUE) as ActivityType[];

/** Returns the label, the group and the columns of a built-in activity type. */
export function catalogueEntry(type: ActivityType): CatalogueEntry {
  return ACTIVITY_CATALOGUE[type];
}

/** The ways in which an activity can end. */
export const OUTCOMES = ['success', 'failure', 'denied'] as const;
export type Outcome = (typeof OUTCOMES)[number];
