import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../access/accounts/accounts.repository';
import { UsersRepository } from '../access/members/users.repository';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { RequestContext } from '../context/request-context';
import { within } from '../http/problems/request-field';
import { readBatch, type UnreadBody } from '../http/validation/read-batch';
import type { Faults } from '../http/validation/faults';
import { Clock } from '../lib/time/clock';
import { ActivityBatch, IncomingActivity } from './activities.dto';
import { assertKeysDiffer, fieldOf } from './batch.rules';
import { readyRecord, type ReadyRecord } from './ready-record';
import { checkRecord, type Acceptance } from './record.rules';

/** Reads batches: what comes out of here is valid. */
@Injectable()
export class IncomingRecords {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly users: UsersRepository,
    private readonly catalogue: ActivityCatalogue,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads the records of a body.
   * @throws Problem that names everything that is wrong with them
   */
  async read(body: UnreadBody): Promise<readonly ReadyRecord[]> {
    const { items, faults } = readBatch(body, ActivityBatch, 'records', IncomingActivity);
    const acceptance = await this.acceptance(items, faults);
    items.forEach((record, place) => {
      checkRecord(record, fieldOf(place), acceptance, faults);
    });
    assertKeysDiffer(items, faults);
    faults.assertNone();
    const { actor, origin } = this.context;
    if (!origin) throw new Error('These records are read outside of a request.');
    return items.map((record) => readyRecord(record, acceptance, actor, origin.requestId));
  }

  private async acceptance(items: readonly IncomingActivity[], faults: Faults): Promise<Acceptance> {
    const { accountId } = this.context.actor;
    const meant = items.filter((_, place) => !faults.touches(within(fieldOf(place), 'user'))).map(({ user }) => user);
    const ids = new Set(meant.flatMap((user) => ('id' in user ? user.id : [])));
    const emails = new Set(meant.flatMap((user) => ('email' in user ? user.email : [])));
    const { retentionDays } = await this.accounts.get(accountId);
    return {
      retentionDays,
      catalogue: await this.catalogue.load(accountId),
      users: await this.users.findByIdOrEmail(accountId, [...ids], [...emails]),
      now: this.clock.now(),
    };
  }
}
