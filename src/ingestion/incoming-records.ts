import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../access/accounts/accounts.repository';
import { UsersRepository } from '../access/members/users.repository';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { RequestContext } from '../context/request-context';
import { within } from '../http/problems/request-field';
import { readBatch, type UnreadBody } from '../http/validation/read-batch';
import type { FieldErrors } from '../http/validation/field-errors';
import { Clock } from '../lib/time/clock';
import { ActivityBatch, IncomingActivity } from './activities.dto';
import { assertKeysDiffer, fieldOf } from './batch.rules';
import { readyRecord, type ReadyRecord } from './ready-record';
import { checkRecord, type IngestionContext } from './record.rules';
import { stripPages } from './strip-pages';

/** Validates batches, and converts them to records that can be written. */
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
   * Returns the records of a body.
   * @throws Problem with all errors of the batch
   */
  async read(body: UnreadBody): Promise<readonly ReadyRecord[]> {
    const { items, errors } = readBatch(stripPages(body), ActivityBatch, 'records', IncomingActivity);
    const context = await this.loadContext(items, errors);
    items.forEach((record, place) => {
      checkRecord(record, fieldOf(place), context, errors);
    });
    assertKeysDiffer(items, errors);
    errors.assertNone();
    const { actor, origin } = this.context;
    if (!origin) throw new Error('These records are read outside of a request.');
    return items.map((record) => readyRecord(record, context, actor, origin.requestId));
  }

  /** Loads what the rules need to check these records. */
  private async loadContext(items: readonly IncomingActivity[], errors: FieldErrors): Promise<IngestionContext> {
    const { accountId } = this.context.actor;
    const users = items.filter((_, place) => !errors.touches(within(fieldOf(place), 'user'))).map(({ user }) => user);
    const ids = new Set(users.flatMap((user) => ('id' in user ? user.id : [])));
    const emails = new Set(users.flatMap((user) => ('email' in user ? user.email : [])));
    const { retentionDays } = await this.accounts.get(accountId);
    const known = await this.users.findByIdOrEmail(accountId, [...ids], [...emails]);
    return {
      retentionDays,
      catalogue: await this.catalogue.load(accountId),
      users: {
        byId: new Map(known.map((user) => [user.id, user])),
        byEmail: new Map(known.map((user) => [user.email, user])),
      },
      now: this.clock.now(),
    };
  }
}
