import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { changes } from '../../audit/recording/changes';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { assertUnchanged } from '../../http/problems/assert-unchanged';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { AccountView, UpdateAccount } from './account.dto';
import type { Account } from './account.entity';
import { AccountsRepository } from './accounts.repository';

/** The account of whoever asks. */
@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
  ) {}

  async get(): Promise<AccountView> {
    return accountView(await this.find());
  }

  update({ name, timeZone, retentionDays, version }: UpdateAccount): Promise<AccountView> {
    return this.unitOfWork.run(async () => {
      await this.accounts.lock(this.context.actor.accountId);
      const account = await this.find();
      assertUnchanged('account', account.version, version);
      const before = { name: account.name, timeZone: account.timeZone, retentionDays: account.retentionDays };
      const after = {
        name: name ?? before.name,
        timeZone: timeZone ?? before.timeZone,
        retentionDays: retentionDays ?? before.retentionDays,
      };
      const changed = changes(before, after);
      this.activity.describe(ActivityType.AccountUpdated, { comment: after.name, details: { changes: changed } });
      if (Object.keys(changed).length === 0) return accountView(account);
      const next = { ...after, version: version + 1 };
      await this.accounts.update(account.id, next);
      return accountView({ ...account, ...next });
    });
  }

  private find(): Promise<Account> {
    return this.accounts.get(this.context.actor.accountId);
  }
}

function accountView({ id, name, timeZone, retentionDays, version, createdAt }: Account): AccountView {
  const clock = new ZonedClock(timeZone);
  return { id, name, timeZone, retentionDays, version, createdAt: clock.rfc3339(createdAt.getTime()) };
}
