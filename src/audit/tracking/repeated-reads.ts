import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { RequestContext } from '../../context/request-context';
import { Statement } from '../../database/statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { IdSource, momentOf } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { CurrentActivity } from '../recording/current-activity';

/** The columns of an earlier record by which it covers a request. */
interface EarlierRecord {
  readonly userId: string | null;
  readonly activity: string;
  readonly outcome: string;
  readonly sentBy: string | null;
  readonly details: string | null;
}

const FIND_RECORD = new Statement<EarlierRecord>(
  `SELECT user_id AS userId, activity, outcome, sent_by AS sentBy, details
     FROM activities
    WHERE account_id = ? AND id = ?`,
);

const STATE = Symbol('record of the current read');

/** How the current read is recorded: by the record of an earlier request, or by its own one with this id. */
type State = { readonly isCovered: true } | { readonly isCovered: false; readonly id: string };

/**
 * Records a read that takes several requests once. The first request has a record; the others name it and need none of
 * their own. Failed and denied requests are always recorded.
 */
@Injectable()
export class RepeatedReads {
  constructor(
    private readonly context: RequestContext,
    private readonly unitOfWork: UnitOfWork,
    private readonly current: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Returns the id of the record of the current read, for the next request to name: the id of the earlier record if
   * that covers this request, which is not recorded then, or else the id that the record of this request will have. Call
   * it after the activity was described.
   * @param earlierId the id that the request names. Clients can forge it, so the record must be one that this request
   * would leave too: of the same actor, activity type and details, and successful.
   * @param maxAge milliseconds after which a record covers no further requests
   */
  async findRecord(earlierId: string | undefined, maxAge: number): Promise<string> {
    const isCovered = earlierId !== undefined && (await this.covers(earlierId, maxAge));
    const id = isCovered ? earlierId : this.ids.next(this.clock.now());
    this.context.set(STATE, { isCovered, id } satisfies State);
    return id;
  }

  /** Whether an earlier record covers the current read. */
  get isCovered(): boolean {
    return this.state?.isCovered === true;
  }

  /** The id for the record of the current read; undefined if no id was given out. */
  get reservedId(): string | undefined {
    return this.state?.isCovered === false ? this.state.id : undefined;
  }

  private async covers(id: string, maxAge: number): Promise<boolean> {
    // A later time is that of another process, whose clock is ahead.
    if (Math.abs(this.clock.now().getTime() - momentOf(id)) >= maxAge) return false;
    const { accountId, userId } = this.context.actor;
    const [record] = await FIND_RECORD.rows(this.unitOfWork.manager, [accountId, id]);
    const { description } = this.current;
    return (
      record?.userId === userId &&
      record.activity === description?.type &&
      record.outcome === 'success' &&
      // Another system can send a record of any user.
      record.sentBy === null &&
      record.details !== null &&
      isDeepStrictEqual(JSON.parse(record.details), asStored(description.fields.details))
    );
  }

  private get state(): State | undefined {
    return this.context.get(STATE) as State | undefined;
  }
}

function asStored(details: object | undefined): unknown {
  return details && JSON.parse(JSON.stringify(details));
}
