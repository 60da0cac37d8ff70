import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../http/problems/problem';
import { FeedPositions } from './feed-position';
import { FeedReader, type LedgerPart } from './feed-reader';
import { FeedRecords } from './feed-records';
import { FeedRequests, type FeedRequest } from './feed-requests';
import type { FeedQuery } from './feed.dto';
import { feedPage, type FeedPage } from './feed.view';
import type { Follower } from './follower';
import { Followers } from './followers';
import { LedgerWatch } from './ledger-watch';

/** Returns the pages of the feed. */
@Injectable()
export class FeedService {
  constructor(
    private readonly requests: FeedRequests,
    private readonly reader: FeedReader,
    private readonly positions: FeedPositions,
    private readonly records: FeedRecords,
    private readonly watch: LedgerWatch,
    private readonly followers: Followers,
  ) {}

  /** Returns the next page. If there is nothing yet, waits for it as long as the query says. */
  async page(
    { limit = 50, wait = 0, ...query }: FeedQuery,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FeedPage> {
    const checked = await this.requests.read(query);
    const { filter, catalogue, position } = checked;
    let part = await this.reader.readPart(filter, position, limit);
    if (wait > 0 && isAtEnd(part)) {
      part = await this.waitForMore(checked, part, limit, wait * 1000, this.followers.begin(request, reply));
    }
    const record = await this.records.find(position.record);
    const nextCursor = this.positions.write({ ...part.place, record }, filter);
    return feedPage(part, nextCursor, filter.timeZone, catalogue);
  }

  /**
   * Waits until records arrive that match the filter. Returns what there is when the time is over, or when the service
   * stops.
   * @throws Problem 401 or 403 when the actor has lost access
   */
  private async waitForMore(
    { filter }: FeedRequest,
    part: LedgerPart,
    limit: number,
    milliseconds: number,
    follower: Follower,
  ): Promise<LedgerPart> {
    const deadline = performance.now() + milliseconds;
    let latest = part;
    while (isAtEnd(latest)) {
      const left = deadline - performance.now();
      if (left <= 0) return latest;
      await this.watch.waitPast(filter.accountId, latest.place.sequence, left, follower.ended);
      if (follower.endReason instanceof Problem) throw follower.endReason;
      if (follower.ended.aborted) return latest;
      latest = await this.reader.readPart(filter, latest.place, limit);
    }
    return latest;
  }
}

/** Returns whether nothing was found although the whole ledger was looked at. */
function isAtEnd({ activities, place, end }: LedgerPart): boolean {
  return activities.length === 0 && place.sequence >= end.sequence;
}
