import { Injectable } from '@nestjs/common';
import { DEFAULT_RETENTION_DAYS } from '../access/accounts/account.entity';
import { AccountsRepository } from '../access/accounts/accounts.repository';
import { Passwords, randomPassword } from '../access/members/password';
import { RolesRepository } from '../access/members/roles.repository';
import { UsersRepository } from '../access/members/users.repository';
import { CustomActivityType } from '../audit/catalogue/custom-activity-type.entity';
import type { PastAction } from '../audit/recording/activity-row';
import { Recorder } from '../audit/recording/recorder';
import { ApiKey } from '../auth/api-keys/api-key.entity';
import { UnitOfWork } from '../database/unit-of-work';
import { partsOf } from '../lib/elements';
import { Clock } from '../lib/time/clock';
import { DEMO_ACCOUNT, DEMO_ACCOUNTS, FOUNDED_AT, OTHER_ACCOUNT, type DemoAccount } from './accounts/demo-accounts';
import { createDemoHistory } from './history/demo-history';
import type { DemoWorld } from './history/demo-world';

/** Number of activities that are recorded at once. */
const ACTIVITIES_AT_ONCE = 1000;

/** Creates the demo's accounts, users, shop and activity history. */
@Injectable()
export class DemoData {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly accounts: AccountsRepository,
    private readonly roles: RolesRepository,
    private readonly users: UsersRepository,
    private readonly passwords: Passwords,
    private readonly recorder: Recorder,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates the data in one transaction, unless the database has it already, and gives every demo user the password.
   * Data of an earlier start is kept, because users may have changed it.
   */
  async prepare(password: string): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.unitOfWork.run(async () => {
      if (await this.accounts.exists(DEMO_ACCOUNT.id)) await this.setPasswords(passwordHash);
      else await this.create(passwordHash);
    });
  }

  private async setPasswords(passwordHash: string): Promise<void> {
    for (const { id } of DEMO_ACCOUNTS.flatMap(({ users }) => users)) {
      await this.users.updatePassword(id, passwordHash);
    }
  }

  private async create(passwordHash: string): Promise<void> {
    const { activities, world } = createDemoHistory(this.clock.now());
    const { id, name, timeZone } = OTHER_ACCOUNT;
    const row = { version: 1, createdAt: FOUNDED_AT };
    await this.accounts.insert(world.settings.account);
    await this.accounts.insert({ id, name, timeZone, retentionDays: DEFAULT_RETENTION_DAYS, ...row });
    for (const account of DEMO_ACCOUNTS) await this.insertMembers(account, passwordHash);
    await this.insertColleagues(world);
    await this.unitOfWork.insert({ entity: ApiKey, rows: world.apiKeys.keys });
    await this.unitOfWork.insert({ entity: CustomActivityType, rows: world.settings.types });
    for (const rows of [...world.shop.toRows(this.clock.now()), ...world.templates.toRows()]) {
      await this.unitOfWork.insert(rows);
    }
    await this.record(activities);
  }

  private async insertMembers({ id: accountId, roles, users }: DemoAccount, passwordHash: string): Promise<void> {
    const row = { version: 1, createdAt: FOUNDED_AT };
    for (const { privileges, ...role } of roles) await this.roles.insert({ ...role, accountId, ...row }, privileges);
    for (const { roleId, ...user } of users) {
      const state = { status: 'active', passwordIssuedAt: null, disabledAt: null } as const;
      await this.users.insert({ ...user, accountId, ...state, passwordHash, ...row }, [roleId]);
    }
  }

  /** Inserts the roles and users that the manager created. */
  private async insertColleagues({ roles, colleagues }: DemoWorld): Promise<void> {
    const unknownPasswordHash = await this.passwords.hash(randomPassword());
    for (const { privileges, ...role } of roles.roles) await this.roles.insert(role, privileges);
    for (const { roleIds, ...user } of colleagues.users) {
      await this.users.insert({ ...user, passwordHash: unknownPasswordHash }, roleIds);
    }
  }

  private async record(activities: readonly PastAction[]): Promise<void> {
    for (const some of partsOf(activities, ACTIVITIES_AT_ONCE)) await this.recorder.recordPast(some);
  }
}
