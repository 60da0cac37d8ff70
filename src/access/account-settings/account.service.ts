import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { findChanges } from '../../audit/recording/find-changes';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { assertUnchanged } from '../../http/problems/assert-unchanged';
import type { Account } from '../accounts/account.entity';
import { AccountsRepository } from '../accounts/accounts.repository';
import { AccessBounds } from '../members/access-bounds';
import { Privilege } from '../privileges/privilege';
import type { UpdateAccount } from './account.dto';
import { accountView, type AccountView } from './account.view';

/** Shows and updates the account of the signed-in user. */
@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly bounds: AccessBounds,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
  ) {}

  async get(): Promise<AccountView> {
    return accountView(await this.load());
  }

  update({ name, timeZone, retentionDays, version }: UpdateAccount): Promise<AccountView> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.AccountSettings);
      const account = await this.load();
      const nextVersion = assertUnchanged('account', account.version, version);
      const before = { name: account.name, timeZone: account.timeZone, retentionDays: account.retentionDays };
      const after = {
        name: name ?? before.name,
        timeZone: timeZone ?? before.timeZone,
        retentionDays: retentionDays ?? before.retentionDays,
      };
      const changed = findChanges(before, after);
      this.activity.describe(ActivityType.AccountUpdated, { comment: after.name, details: { changes: changed } });
      if (Object.keys(changed).length === 0) return accountView(account);
      const next = { ...after, version: nextVersion };
      await this.accounts.update(account.id, next);
      return accountView({ ...account, ...next });
    });
  }

  private load(): Promise<Account> {
    return this.accounts.get(this.context.actor.accountId);
  }
}
