import type { RoleWithPrivileges } from '../../access/members/roles.repository';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import { findChanges } from '../../audit/recording/find-changes';
import type { SeededRandom } from '../../lib/seeded-random';
import { createKeyedId } from '../../lib/time-ordered-id';
import { DEMO_ACCOUNT, SUPPORT } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';

const NAMES = ['Night shift', 'Weekend team', 'Trainees', 'Finance', 'Renewals desk'];
/** The privileges that these roles can have. */
const GIVEN: readonly Privilege[] = ['orders', 'subscription_management', 'refunds', 'invoices', 'users_activity'];

/** Roles that the demo's manager creates, changes and deletes. No user has them. */
export class DemoRoles {
  roles: RoleWithPrivileges[] = [];

  constructor(private readonly random: SeededRandom) {}

  create(at: Date): RecordedAction | undefined {
    const name = this.random.pickWhere(NAMES, (one) => !this.roles.some((role) => role.name === one));
    if (name === undefined) return undefined;
    const privileges = this.pickPrivileges();
    const id = createKeyedId(at, `role ${name}`);
    this.roles.push({ id, accountId: DEMO_ACCOUNT.id, name, version: 1, createdAt: at, privileges });
    return succeeded(ActivityType.RoleCreated, { comment: name, details: { roleId: id, privileges } });
  }

  update(): RecordedAction | undefined {
    const role = this.random.pickWhere(this.roles, () => true);
    if (!role) return undefined;
    const before = { name: role.name, privileges: role.privileges };
    Object.assign(role, { privileges: this.pickPrivileges(), version: role.version + 1 });
    const changes = findChanges(before, { name: role.name, privileges: role.privileges });
    return succeeded(ActivityType.RoleUpdated, { comment: role.name, details: { roleId: role.id, changes } });
  }

  delete(): RecordedAction | undefined {
    const role = this.random.pickWhere(this.roles, () => true);
    if (!role) return undefined;
    this.roles = this.roles.filter((one) => one !== role);
    const details = { roleId: role.id, privileges: role.privileges };
    return succeeded(ActivityType.RoleDeleted, { comment: role.name, details });
  }

  /** Tries to delete the role of the representatives. */
  deleteUsed(): RecordedAction | undefined {
    const role = DEMO_ACCOUNT.roles.find(({ id }) => id === SUPPORT);
    if (!role) return undefined;
    const details = { roleId: role.id, privileges: role.privileges };
    return failed(ActivityType.RoleDeleted, 'role_in_use', { comment: role.name, details });
  }

  /** Picks two or more privileges, in the order of the catalogue. */
  private pickPrivileges(): Privilege[] {
    const [one, other] = [this.random.pick(GIVEN), this.random.pick(GIVEN)];
    return PRIVILEGES.filter((privilege) => privilege === 'orders' || privilege === one || privilege === other);
  }
}
