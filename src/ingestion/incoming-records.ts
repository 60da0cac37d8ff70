import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../access/accounts/accounts.repository';
import { UsersRepository } from '../access/members/users.repository';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import type { PastAction } from '../audit/recording/recorder';
import type { Actor } from '../context/actor';
import { RequestContext } from '../context/request-context';
import { readBatch, type BatchBody } from '../http/validation/batch-body';
import type { Faults } from '../http/validation/faults';
import { keyedId } from '../lib/time-ordered-id';
import { Clock } from '../lib/time/clock';
import { instantOf } from '../lib/time/instant';
import { IncomingActivity, MAX_RECORDS } from './activities.dto';
import { columnsOf, contentOf, fingerprintOf } from './record-content';
import { checkRecord, type Acceptance } from './record-rules';

/** A record that may be written. */
export interface ReadyRecord {
  readonly key: string;
  readonly fingerprint: string;
  readonly action: PastAction & { readonly id: string };
}

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

  /** The records of a body, or everything that is wrong with it. */
  async read(body: BatchBody): Promise<readonly ReadyRecord[]> {
    const { items, faults } = readBatch(body, 'records', MAX_RECORDS, IncomingActivity);
    const acceptance = await this.acceptance(items, faults);
    items.forEach((record, place) => {
      checkRecord(record, fieldOf(place), acceptance, faults);
    });
    assertKeysDiffer(items, faults);
    faults.assertNone();
    const { actor, origin } = this.context;
    return items.map((record) => readyRecord(record, acceptance, actor, origin!.requestId));
  }

  private async acceptance(items: readonly IncomingActivity[], faults: Faults): Promise<Acceptance> {
    const { accountId } = this.context.actor;
    const meant = items.filter((_, place) => !faults.touch(`${fieldOf(place)}/user`)).map(({ user }) => user);
    const ids = new Set(meant.flatMap((user) => ('id' in user ? user.id : [])));
    const emails = new Set(meant.flatMap((user) => ('email' in user ? user.email : [])));
    const { retentionDays } = await this.accounts.get(accountId);
    return {
      retentionDays,
      catalogue: await this.catalogue.of(accountId),
      users: await this.users.findByIdOrEmail(accountId, [...ids], [...emails]),
      now: this.clock.now(),
    };
  }
}

const fieldOf = (place: number) => `/records/${place}`;

/** One key is one record: what says the same again is a duplicate, what says something else a mistake. */
function assertKeysDiffer(items: readonly IncomingActivity[], faults: Faults): void {
  const contents = new Map<string, string>();
  items.forEach((record, place) => {
    const field = `${fieldOf(place)}/key`;
    if (faults.cover(field)) return;
    const content = faults.touch(fieldOf(place)) ? JSON.stringify(record) : contentOf(record);
    const first = contents.get(record.key) ?? content;
    contents.set(record.key, first);
    if (first === content) return;
    faults.add({
      field,
      code: 'key_repeated',
      message: `${field} is that of another record of the batch, which says something else.`,
    });
  });
}

function readyRecord(
  record: IncomingActivity,
  { users }: Acceptance,
  { accountId, userId: senderId, userName: sender }: Actor,
  requestId: string,
): ReadyRecord {
  const { key, activity, user, ipAddress, userAgent } = record;
  const occurredAt = instantOf(record.occurredAt)!;
  const fingerprint = fingerprintOf(contentOf(record));
  const known = users.find(({ id, email }) => ('id' in user ? id === user.id : email === user.email));
  const userEmail = known || 'id' in user ? undefined : user.email;
  const details = {
    key,
    fingerprint,
    senderId,
    ...(userEmail !== undefined && { userEmail }),
  };
  return {
    key,
    fingerprint,
    action: {
      id: keyedId(occurredAt, key),
      occurredAt,
      actor: { accountId, userId: known?.id ?? null, userName: 'id' in user ? known!.name : user.name },
      origin: { requestId, ipAddress: ipAddress ?? null, userAgent: userAgent ?? null },
      type: activity,
      // Whoever may send records may name anybody as their user, so the report tells who said so.
      sentBy: sender,
      outcome: record.outcome ?? 'success',
      fields: { ...columnsOf(record), details },
    },
  };
}
