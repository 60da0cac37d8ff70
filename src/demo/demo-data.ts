import { Injectable } from '@nestjs/common';
import { DEFAULT_RETENTION_DAYS } from '../access/accounts/account.entity';
import { AccountsRepository } from '../access/accounts/accounts.repository';
import { Passwords } from '../access/members/password';
import { RolesRepository } from '../access/members/roles.repository';
import { UsersRepository } from '../access/members/users.repository';
import { Recorder } from '../audit/recording/recorder';
import { UnitOfWork } from '../database/unit-of-work';
import { Clock } from '../lib/time/clock';
import { DEMO_ACCOUNT, DEMO_ACCOUNTS, type DemoAccount } from './demo-accounts';
import { DemoActivityTypes } from './demo-activity-types';
import { DemoApiKey } from './demo-api-key';
import { createDemoHistory } from './demo-history';
import { DemoShop } from './demo-shop';
import { DemoTemplates } from './demo-templates';

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
    private readonly shop: DemoShop,
    private readonly activityTypes: DemoActivityTypes,
    private readonly templates: DemoTemplates,
    private readonly apiKey: DemoApiKey,
    private readonly clock: Clock,
  ) {}

  /** Creates the accounts that do not exist yet, and gives every demo user the password. */
  async prepare(password: string): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.unitOfWork.run(async () => {
      for (const account of DEMO_ACCOUNTS) {
        if (await this.accounts.exists(account.id)) {
          for (const { id } of account.users) await this.users.updatePassword(id, passwordHash);
        } else {
          await this.create(account, passwordHash);
          if (account !== DEMO_ACCOUNT) continue;
          await this.shop.create(this.clock.now());
          await this.activityTypes.create(this.clock.now());
          await this.templates.create(this.clock.now());
          await this.apiKey.create(this.clock.now());
          await this.recorder.recordPast(createDemoHistory(this.clock.now()));
        }
      }
    });
  }

  private async create(
    { id: accountId, name, timeZone, roles, users }: DemoAccount,
    passwordHash: string,
  ): Promise<void> {
    const row = { version: 1, createdAt: this.clock.now() };
    await this.accounts.insert({
      id: accountId,
      name,
      timeZone,
      retentionDays: DEFAULT_RETENTION_DAYS,
      ...row,
    });
    for (const { privileges, ...role } of roles) await this.roles.insert({ ...role, accountId, ...row }, privileges);
    for (const { roleId, ...user } of users) {
      await this.users.insert(
        { ...user, accountId, status: 'active', passwordIssuedAt: null, disabledAt: null, passwordHash, ...row },
        [roleId],
      );
    }
  }
}
