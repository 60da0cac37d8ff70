import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import type { UserWithRoles } from '../../access/members/users.repository';
import { findChanges } from '../../audit/recording/find-changes';
import type { SeededRandom } from '../../lib/seeded-random';
import { createKeyedId } from '../../lib/time-ordered-id';
import { AUDITORS, DEMO_ACCOUNT, SUPPORT } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';

const NAMES = [
  'Dana Popescu',
  'Mark Weber',
  'Ioana Radu',
  'Chris Taylor',
  'Lena Vogel',
  'Paul Martin',
  'Oana Stan',
  'Tom Baker',
];

/** Colleagues whom the demo's manager creates, changes and disables. Nobody knows their passwords. */
export class DemoColleagues {
  readonly users: UserWithRoles[] = [];

  constructor(private readonly random: SeededRandom) {}

  /** Creates the next colleague; undefined if there are no more. */
  create(at: Date): RecordedAction | undefined {
    const name = NAMES[this.users.length];
    if (name === undefined) return undefined;
    const email = `${name.replace(' ', '.').toLowerCase()}@demo.example`;
    const roleIds = [this.random.chance(0.7) ? SUPPORT : AUDITORS];
    const id = createKeyedId(at, `user ${email}`);
    this.users.push({
      id,
      accountId: DEMO_ACCOUNT.id,
      email,
      name,
      status: 'active',
      passwordIssuedAt: null,
      disabledAt: null,
      version: 1,
      createdAt: at,
      roleIds,
    });
    const details = { userId: id, email, roleIds, invited: true };
    return succeeded(ActivityType.UserCreated, { comment: describe({ name, email }), details });
  }

  /** Tries to create a colleague again. */
  createAgain(): RecordedAction | undefined {
    const user = this.random.pickWhere(this.users, () => true);
    if (!user) return undefined;
    const { email, roleIds } = user;
    const details = { email, roleIds, invited: true };
    return failed(ActivityType.UserCreated, 'email_taken', { comment: describe(user), details });
  }

  invite(at: Date): RecordedAction | undefined {
    const user = this.random.pickWhere(this.users, ({ status }) => status === 'active');
    if (!user) return undefined;
    const details = { userId: user.id, mailId: createKeyedId(at, `invitation ${user.email}`) };
    return succeeded(ActivityType.UserInvited, { comment: describe(user), details });
  }

  /** Gives a colleague another role, or enables one who was disabled. */
  update(): RecordedAction | undefined {
    const user = this.random.pickWhere(this.users, () => true);
    if (!user) return undefined;
    const otherRole = user.roleIds.includes(SUPPORT) ? AUDITORS : SUPPORT;
    const change = user.status === 'disabled' ? ({ status: 'active' } as const) : { roleIds: [otherRole] };
    return succeeded(ActivityType.UserUpdated, this.change(user, change));
  }

  disable(at: Date): RecordedAction | undefined {
    const user = this.random.pickWhere(this.users, ({ status }) => status === 'active');
    if (!user) return undefined;
    user.disabledAt = at;
    return succeeded(ActivityType.UserDisabled, this.change(user, { status: 'disabled' }));
  }

  /** Changes a user, and returns the fields of the record. */
  private change(user: UserWithRoles, change: Partial<Pick<UserWithRoles, 'status' | 'roleIds'>>) {
    const before = { ...user };
    Object.assign(user, change, { version: user.version + 1 });
    const changes = findChanges(pickShown(before), pickShown(user));
    return { comment: describe(user), details: { userId: user.id, changes } };
  }
}

const pickShown = ({ email, name, status, roleIds }: UserWithRoles) => ({ email, name, status, roleIds });

const describe = ({ name, email }: Pick<UserWithRoles, 'name' | 'email'>) => `${name} <${email}>`;
