import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { CurrentActivity } from '../recording/current-activity';
import { EarlierRecords, type RecordedRead } from './earlier-records';
import { ReadsUnderWay, type EndRead } from './reads-under-way';

const STATE = Symbol('record of the current read');
const END = Symbol('end of the current read');

/** How the current read is recorded: by the record of another request, or by its own one with this id. */
interface State {
  readonly isCovered: boolean;
  readonly id: string;
}

/** Which records can cover a request. */
export interface Coverage {
  /** Milliseconds after which a record covers no further requests. */
  readonly maxAge: number;
  /** Whether a record that the request does not name can cover it too. */
  readonly unnamed?: boolean;
}

/**
 * Records a read that takes several requests once. The first request has a record; the others name it and need none of
 * their own. Failed and denied requests are always recorded.
 */
@Injectable()
export class RepeatedReads {
  constructor(
    private readonly context: RequestContext,
    private readonly current: CurrentActivity,
    private readonly earlier: EarlierRecords,
    private readonly underWay: ReadsUnderWay,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Returns the id of the record of the current read, for the next request to name: the id of the earlier record if
   * that covers this request, which is not recorded then, or else the id that the record of this request will have. Call
   * it after the activity was described and not long before the record is committed, because other requests can wait for
   * that. Then call `recordOnce`, or `abandon`.
   * @param named the id that the request names. Clients can forge it, so the record must have the content that this
   * request's own record would have: the same actor, activity type and details, and the outcome `success`.
   */
  async findRecord(named: string | undefined, coverage: Coverage): Promise<string> {
    const covering = await this.findCovering(named, coverage);
    const id = covering ?? this.ids.next(this.clock.now());
    this.context.set(STATE, { isCovered: covering !== undefined, id } satisfies State);
    return id;
  }

  /** Commits the record of the current read, unless another record covers it. */
  async recordOnce(commit: () => Promise<void>): Promise<void> {
    if (this.state?.isCovered !== true) await commit();
    this.end(this.state?.id);
  }

  /** Ends the current read, unless `recordOnce` did: the reads that wait for its record go on without one. */
  abandon(): void {
    this.end(undefined);
  }

  /** The id for the record of the current read; undefined if no id was given out. */
  get reservedId(): string | undefined {
    return this.state?.isCovered === false ? this.state.id : undefined;
  }

  private async findCovering(named: string | undefined, { maxAge, unnamed }: Coverage): Promise<string | undefined> {
    const { description } = this.current;
    if (!description) throw new Error('Describe the activity first.');
    const { accountId, userId } = this.context.actor;
    const read: RecordedRead = { accountId, userId, type: description.type, details: description.fields.details };
    if (named !== undefined && (await this.earlier.covers(named, read, maxAge))) return named;
    if (!unnamed) return undefined;
    const same = this.underWay.find(read);
    if (!same) this.context.set(END, this.underWay.begin(read));
    return (await same) ?? this.earlier.findNewest(read, maxAge);
  }

  private end(record: string | undefined): void {
    const end = this.context.get(END) as EndRead | undefined;
    if (!end) return;
    this.context.set(END, undefined);
    end(record);
  }

  private get state(): State | undefined {
    return this.context.get(STATE) as State | undefined;
  }
}
