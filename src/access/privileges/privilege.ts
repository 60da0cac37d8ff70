import { lookUp } from '../../lib/elements';

/** Every privilege that a role can grant, by its code. */
export const Privilege = {
  Products: 'products',
  ManageUserAccess: 'manage_user_access',
  AccountSettings: 'account_settings',
  ApiKeys: 'api_keys',
  EmailEditor: 'email_editor',
  UsersActivity: 'users_activity',
  Orders: 'orders',
  SubscriptionManagement: 'subscription_management',
  Refunds: 'refunds',
  Invoices: 'invoices',
  ActivitiesWrite: 'activities_write',
  ActivityFeed: 'activity_feed',
} as const;
export type Privilege = (typeof Privilege)[keyof typeof Privilege];

/** The sections of the role editor, with the privileges in each. */
export const PRIVILEGE_CATALOGUE: readonly {
  readonly section: string;
  readonly privileges: readonly { readonly code: Privilege; readonly label: string; readonly description: string }[];
}[] = [
  {
    section: 'Setup',
    privileges: [{ code: 'products', label: 'Products', description: 'View and add products.' }],
  },
  {
    section: 'Account settings',
    privileges: [
      { code: 'manage_user_access', label: 'Manage user access', description: 'View and change users and roles.' },
      {
        code: 'account_settings',
        label: 'Account settings',
        description:
          "View and change the account's name, time zone and retention period, and register custom activity types.",
      },
      { code: 'api_keys', label: 'API keys', description: 'View, create and revoke API keys.' },
    ],
  },
  {
    section: 'Marketing tools',
    privileges: [
      {
        code: 'email_editor',
        label: 'Email Editor',
        description: 'View and change the templates of emails to shoppers.',
      },
    ],
  },
  {
    section: 'Orders & Reports',
    privileges: [
      { code: 'users_activity', label: 'Users activity', description: 'Build and export the Users activity report.' },
      { code: 'orders', label: 'Orders', description: 'View orders, and place orders on behalf of shoppers.' },
      {
        code: 'subscription_management',
        label: 'Subscription management',
        description: 'View and change subscriptions.',
      },
      { code: 'refunds', label: 'Refunds', description: 'View, request and cancel refunds.' },
      { code: 'invoices', label: 'Invoices', description: 'View invoices, and send them to shoppers.' },
    ],
  },
  {
    section: 'API access',
    privileges: [
      {
        code: 'activities_write',
        label: 'Write activities',
        description: 'Send records of activities in other systems.',
      },
      {
        code: 'activity_feed',
        label: 'Activity feed',
        description: 'Follow the records of all activities, in the order in which they are recorded.',
      },
    ],
  },
];

/** The codes, in the order of the catalogue. */
export const PRIVILEGES: readonly Privilege[] = PRIVILEGE_CATALOGUE.flatMap(({ privileges }) =>
  privileges.map(({ code }) => code),
);

const LABELS: ReadonlyMap<Privilege, string> = new Map(
  PRIVILEGE_CATALOGUE.flatMap(({ privileges }) => privileges.map(({ code, label }) => [code, label])),
);

/** Returns the name of a privilege for people. */
export function privilegeLabel(privilege: Privilege): string {
  return lookUp(LABELS, privilege);
}
