import { Injectable } from '@nestjs/common';
import { LedgerReader, type LedgerEnd } from '../audit/ledger/ledger.reader';
import { dialectOf } from '../database/dialect';
import { UnitOfWork } from '../database/unit-of-work';
import { readCursor, writeCursor } from '../http/paging/cursor';
import { Problem } from '../http/problems/problem';
import { inHeader, inQuery, type RequestField } from '../http/problems/request-field';
import { requireInstant } from '../lib/time/instant';
import { TIME_ORDERED_ID } from '../lib/time-ordered-id';
import type { FeedFilter } from './feed-filter';
import type { LedgerPlace } from './feed-reader';
import type { FeedQuery } from './feed.dto';

/** The last place that was read, as a cursor stores it. */
export interface FeedPosition extends LedgerPlace {
  /** The id of the record that covers reading this feed. Clients can forge it. */
  readonly record: string | undefined;
}

/** The parameters that choose where to start; at most one of them is set. */
type Start = Pick<FeedQuery, 'after' | 'start' | 'recordedSince'>;

/** Finds the place in the ledger at which a follower starts, and writes the cursors with which it continues. */
@Injectable()
export class FeedPositions {
  constructor(
    private readonly ledger: LedgerReader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Finds the place at which a follower starts.
   * @param lastEventId the cursor that a client sends when it reopens a stream; takes precedence over the query
   * @throws Problem 400 when the parameters contradict each other, or the cursor is not one of this feed
   */
  async find(filter: FeedFilter, query: Start, lastEventId?: string): Promise<FeedPosition> {
    if (lastEventId !== undefined) return this.read(lastEventId, filter, inHeader('Last-Event-ID'));
    const { after, start, recordedSince } = query;
    assertOneStart(query);
    if (after !== undefined) return this.read(after, filter, inQuery('after'));
    const sequence = await this.findStart(filter.accountId, start, recordedSince);
    return { sequence, recordedAt: undefined, record: undefined };
  }

  /** Returns the cursor of a position. */
  write({ sequence, recordedAt, record }: FeedPosition, filter: FeedFilter): string {
    const position = { account: filter.accountId, sequence, recordedAt: recordedAt?.getTime(), record };
    return writeCursor(position, filterOfCursor(filter));
  }

  private async findStart(
    accountId: string,
    start: Start['start'],
    recordedSince: string | undefined,
  ): Promise<number> {
    if (start === undefined && recordedSince === undefined) return 0;
    const { sequence } = await this.ledger.findEnd(accountId);
    if (recordedSince === undefined) return start === 'now' ? sequence : 0;
    return this.ledger.findLastBefore(accountId, requireInstant(recordedSince), sequence);
  }

  private async read(text: string, filter: FeedFilter, field: RequestField): Promise<FeedPosition> {
    const { account, ...position } = readCursor(text, filterOfCursor(filter), readPosition, field);
    if (account !== filter.accountId) {
      throw Problem.badRequest('cursor_of_another_account', field, 'This cursor belongs to another account.');
    }
    await this.assertReached(filter.accountId, position, field);
    return position;
  }

  private async assertReached(accountId: string, place: LedgerPlace, field: RequestField): Promise<void> {
    const end = await this.ledger.findEnd(accountId);
    if (place.sequence <= end.sequence) return this.assertUnchanged(accountId, place, end, field);
    if (place.sequence <= (await this.findLatest(accountId))) return;
    throw Problem.badRequest('cursor_ahead', field, CURSOR_AHEAD);
  }

  /**
   * Refuses a cursor whose place has another record now: the database was restored, and the ledger has grown past the
   * cursor since. Cursors of older versions do not have the time to compare.
   */
  private async assertUnchanged(
    accountId: string,
    { sequence, recordedAt }: LedgerPlace,
    end: LedgerEnd,
    field: RequestField,
  ): Promise<void> {
    if (recordedAt === undefined) return;
    const now = sequence === end.sequence ? end.settledThrough : await this.ledger.findRecordedAt(accountId, sequence);
    if (now?.getTime() === recordedAt.getTime()) return;
    throw Problem.badRequest('cursor_outdated', field, CURSOR_OUTDATED);
  }

  /** Finds the last place that any process has committed, even on a cluster node that lags behind. */
  private async findLatest(accountId: string): Promise<number> {
    const { manager } = this.unitOfWork;
    const query = 'SELECT sequence FROM audit_ledger_heads WHERE account_id = ?';
    const { latestRead } = dialectOf(manager.dataSource);
    const [head] = await manager.query<{ sequence: number | string }[]>(latestRead + query, [accountId]);
    return Number(head?.sequence ?? 0);
  }
}

const CURSOR_AHEAD =
  'This cursor names a place that the ledger has not reached. If the database was restored from a backup, start with ' +
  'recordedSince, at the time of the backup.';
const CURSOR_OUTDATED =
  'The ledger has another record at the place of this cursor, because the database was restored from a backup. Start ' +
  'with recordedSince, at the time of the backup.';

function assertOneStart({ after, start, recordedSince }: Start): void {
  const given = Object.entries({ after, start, recordedSince }).filter(([, value]) => value !== undefined);
  const [, second] = given;
  if (!second) return;
  throw Problem.badRequest('start_ambiguous', inQuery(second[0]), 'Send only one of after, start and recordedSince.');
}

/**
 * Returns the filter that a cursor belongs to. The activity types of a group are left out, because the account can
 * register further ones.
 */
function filterOfCursor({ conditions: { groupActivities: _, ...conditions } }: FeedFilter): unknown {
  return ['activities', conditions];
}

function readPosition({
  account,
  sequence,
  recordedAt,
  record,
}: Readonly<Record<string, unknown>>): (FeedPosition & { readonly account: string }) | undefined {
  if (typeof account !== 'string' || !Number.isSafeInteger(sequence) || (sequence as number) < 0) return undefined;
  const time = Number.isSafeInteger(recordedAt) ? new Date(recordedAt as number) : undefined;
  return { account, sequence: sequence as number, recordedAt: time, record: isId(record) ? record : undefined };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && TIME_ORDERED_ID.test(value);
}
