import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Recorder } from '../../audit/recording/recorder';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { DEFAULT_RETENTION_DAYS } from '../accounts/account.entity';
import { AccountsRepository } from '../accounts/accounts.repository';
import { Passwords } from '../members/password';
import { RolesRepository } from '../members/roles.repository';
import { UsersRepository } from '../members/users.repository';
import { PRIVILEGES } from '../privileges/privilege';

/** A new account and its first manager. */
export interface NewAccount {
  readonly name: string;
  readonly timeZone: string;
  readonly manager: { readonly email: string; readonly name: string; readonly password: string };
}

/**
 * Creates accounts. The command line uses it: no request can create an account, because no user has privileges in it
 * yet.
 */
@Injectable()
export class AccountSetup {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly roles: RolesRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly recorder: Recorder,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Creates an account, a role with every privilege, and a manager with that role. The records name the command line as
   * the user.
   */
  async create({ name, timeZone, manager }: NewAccount): Promise<{ accountId: string; managerId: string }> {
    const passwordHash = await this.passwords.hash(manager.password);
    return this.unitOfWork.run(async () => {
      const createdAt = this.clock.now();
      const [accountId, roleId, managerId] = [1, 2, 3].map(() => this.ids.next(createdAt)) as [string, string, string];
      const row = { version: 1, createdAt };
      await this.accounts.insert({
        id: accountId,
        name,
        timeZone,
        retentionDays: DEFAULT_RETENTION_DAYS,
        ...row,
      });
      await this.roles.insert({ id: roleId, accountId, name: 'Managers', ...row }, PRIVILEGES);
      const identity = {
        id: managerId,
        accountId,
        email: manager.email,
        name: manager.name,
        status: 'active' as const,
        passwordIssuedAt: null,
        disabledAt: null,
      };
      await this.users.insert({ ...identity, passwordHash, ...row }, [roleId]);
      const actor = { accountId, userId: null, userName: 'Command line', userEmail: null };
      await this.recorder.recordPast([
        {
          actor,
          occurredAt: createdAt,
          type: ActivityType.RoleCreated,
          outcome: 'success',
          fields: { comment: 'Managers', details: { roleId, privileges: PRIVILEGES } },
        },
        {
          actor,
          occurredAt: createdAt,
          type: ActivityType.UserCreated,
          outcome: 'success',
          fields: {
            comment: `${manager.name} <${manager.email}>`,
            details: { userId: managerId, email: manager.email, roleIds: [roleId] },
          },
        },
      ]);
      return { accountId, managerId };
    });
  }
}
