import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ActivityCatalogue } from '../audit/catalogue/activity-catalogue';
import { Config } from '../config/config';
import { Problem } from '../http/problems/problem';
import { ZonedClock } from '../lib/time/zoned-time';
import { EventStream, eventText, HEARTBEAT, retryText } from './event-stream';
import type { FeedFilter } from './feed-filter';
import { FeedPositions } from './feed-position';
import { FeedReader, type LedgerPart, type LedgerPlace } from './feed-reader';
import { FeedRecords } from './feed-records';
import { FeedRequests, type FeedRequest } from './feed-requests';
import type { StreamQuery } from './feed.dto';
import { feedRow, presentSettled } from './feed.view';
import type { Follower } from './follower';
import { Followers } from './followers';
import { LedgerWatch } from './ledger-watch';
import { StreamSlots } from './stream-slots';

/** Maximum number of records that are read at once. */
const RECORDS_AT_ONCE = 100;
/** Milliseconds after which clients reopen a stream that has ended. */
const RETRY_DELAY = 2000;

/** Opens the streams of the feed. */
@Injectable()
export class FeedStreams {
  constructor(
    private readonly config: Config,
    private readonly requests: FeedRequests,
    private readonly catalogue: ActivityCatalogue,
    private readonly reader: FeedReader,
    private readonly positions: FeedPositions,
    private readonly records: FeedRecords,
    private readonly watch: LedgerWatch,
    private readonly followers: Followers,
    private readonly slots: StreamSlots,
  ) {}

  /**
   * Opens a stream.
   * @param lastEventId the cursor with which a stream is reopened
   * @throws Problem 429 if too many streams are open
   */
  async open(
    { timeoutSeconds, ...query }: StreamQuery,
    lastEventId: string | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<EventStream> {
    // A client that has received no event yet can send an empty id.
    const checked = await this.requests.read(query, lastEventId === '' ? undefined : lastEventId);
    const record = await this.records.find(checked.position.record);
    const release = this.slots.take(checked.filter.accountId);
    const follower = this.followers.begin(request, reply);
    const deadline = timeoutSeconds === undefined ? Infinity : performance.now() + timeoutSeconds * 1000;
    const response = EventStream.of(this.texts(checked, record, follower, deadline), follower);
    response.getStream().once('close', release);
    return response;
  }

  /** Yields the texts of a stream: its records, and an event `settled` each time all of them have been sent. */
  private async *texts(
    { filter, catalogue, position }: FeedRequest,
    firstRecord: string,
    follower: Follower,
    deadline: number,
  ): AsyncGenerator<string> {
    yield retryText(RETRY_DELAY);
    let place: LedgerPlace = position;
    let record = firstRecord;
    while (!follower.ended.aborted) {
      const part = await this.reader.readPart(filter, place, RECORDS_AT_ONCE);
      record = await this.records.renew(record, filter, catalogue);
      if (part.activities.length > 0) yield await this.textOf(part, record, filter);
      ({ place } = part);
      if (place.sequence < part.end.sequence) continue;
      yield this.settledText(part, record, filter);
      if (performance.now() >= deadline) return;
      yield* this.heartbeats(filter.accountId, place.sequence, follower.ended, deadline);
    }
    if (follower.endReason instanceof Problem) yield problemText(follower.endReason);
  }

  /** Waits until the ledger goes past a place, and yields heartbeats meanwhile. */
  private async *heartbeats(
    accountId: string,
    sequence: number,
    ended: AbortSignal,
    deadline: number,
  ): AsyncGenerator<string> {
    for (;;) {
      const milliseconds = Math.min(this.config.STREAM_HEARTBEAT_SECONDS * 1000, deadline - performance.now());
      if (milliseconds <= 0 || (await this.watch.waitPast(accountId, sequence, milliseconds, ended))) return;
      yield HEARTBEAT;
    }
  }

  private async textOf({ activities }: LedgerPart, record: string, filter: FeedFilter): Promise<string> {
    // Labels can have changed since the stream was opened.
    const catalogue = await this.catalogue.load(filter.accountId);
    const clock = ZonedClock.of(filter.timeZone);
    return activities
      .map((activity) => {
        const cursor = this.positions.write(
          { sequence: activity.sequence, recordedAt: activity.recordedAt, record },
          filter,
        );
        return eventText('activity', feedRow(activity, clock, catalogue), cursor);
      })
      .join('');
  }

  private settledText({ place, end }: LedgerPart, record: string, filter: FeedFilter): string {
    const data = presentSettled(end, ZonedClock.of(filter.timeZone));
    return eventText('settled', data, this.positions.write({ ...place, record }, filter));
  }
}

/** Returns the last event of a stream that ends because the actor has lost access. */
function problemText({ status, code, detail }: Problem): string {
  return eventText('problem', { status, code, detail });
}
