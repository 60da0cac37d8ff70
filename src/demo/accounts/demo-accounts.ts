import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';

/** A demo account with its roles and users. Their ids are fixed, so that the contract's examples work in the demo. */
export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly roles: readonly { readonly id: string; readonly name: string; readonly privileges: readonly Privilege[] }[];
  readonly users: readonly [DemoUser, ...DemoUser[]];
}

export interface DemoUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roleId: string;
}

/**
 * Returns the id of a demo object with this suffix. Ids are Crockford base32, which has no I, L, O or U, so the
 * suffixes use similar characters: `R0E` for a role, `VSER` for a user.
 */
export const toDemoId = (suffix: string): string => `01J${suffix.padStart(23, '0')}`;

/** When the demo's merchants opened their accounts: before everything in their history. */
export const FOUNDED_AT = new Date('2014-01-02T09:00:00+02:00');

const [MANAGERS, OTHER_MANAGERS] = [toDemoId('R0E01'), toDemoId('R0E11')];
/** The ids of the roles that the manager gives to colleagues. */
export const [AUDITORS, SUPPORT] = [toDemoId('R0E02'), toDemoId('R0E03')];
const SUPPORT_PRIVILEGES = ['orders', 'subscription_management', 'refunds', 'invoices', 'email_editor'] as const;

/** The merchant whose activity history the demo shows. */
export const DEMO_ACCOUNT: DemoAccount = {
  id: toDemoId('DEM01'),
  name: 'Demo Merchant',
  timeZone: 'Europe/Bucharest',
  roles: [
    { id: MANAGERS, name: 'Managers', privileges: PRIVILEGES },
    { id: AUDITORS, name: 'Auditors', privileges: ['users_activity'] },
    { id: SUPPORT, name: 'Customer support', privileges: SUPPORT_PRIVILEGES },
  ],
  users: [
    { id: toDemoId('VSER1'), email: 'manager@demo.example', name: 'Maria Manager', roleId: MANAGERS },
    { id: toDemoId('VSER2'), email: 'auditor@demo.example', name: 'Alice Auditor', roleId: AUDITORS },
    { id: toDemoId('VSER3'), email: 'john.doe@demo.example', name: 'John Doe', roleId: SUPPORT },
    { id: toDemoId('VSER4'), email: 'elena.ionescu@demo.example', name: 'Elena Ionescu', roleId: SUPPORT },
    { id: toDemoId('VSER5'), email: 'noah.smith@demo.example', name: 'Noah Smith', roleId: SUPPORT },
  ],
};

/** Another merchant, which shows that accounts cannot see each other's data. */
export const OTHER_ACCOUNT: DemoAccount = {
  id: toDemoId('DEM02'),
  name: 'Other Merchant',
  timeZone: 'America/New_York',
  roles: [{ id: OTHER_MANAGERS, name: 'Managers', privileges: PRIVILEGES }],
  users: [{ id: toDemoId('VSE11'), email: 'manager@other.example', name: 'Oscar Other', roleId: OTHER_MANAGERS }],
};

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [DEMO_ACCOUNT, OTHER_ACCOUNT];

/** What the users of the demo account do. */
export type DemoJob = 'manager' | 'auditor' | 'support';

/** Returns the job of a user of the demo account, which depends on the user's role. */
export function jobOf({ roleId }: DemoUser): DemoJob {
  return roleId === MANAGERS ? 'manager' : roleId === AUDITORS ? 'auditor' : 'support';
}
