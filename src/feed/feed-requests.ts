import { Injectable } from '@nestjs/common';
import { ActivityFilterResolver } from '../activities/filter/activity-filter.resolver';
import { ActivityCatalogue, type AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { RequestContext } from '../context/request-context';
import type { FeedFilter } from './feed-filter';
import { FeedPositions, type FeedPosition } from './feed-position';
import { FeedRecords } from './feed-records';
import type { FollowQuery } from './feed.dto';

/** A checked request: which records to follow, and from where. */
export interface FeedRequest {
  readonly filter: FeedFilter;
  readonly catalogue: AccountCatalogue;
  readonly position: FeedPosition;
}

/** Checks the requests of the feed. */
@Injectable()
export class FeedRequests {
  constructor(
    private readonly context: RequestContext,
    private readonly catalogue: ActivityCatalogue,
    private readonly filters: ActivityFilterResolver,
    private readonly positions: FeedPositions,
    private readonly records: FeedRecords,
  ) {}

  /**
   * Checks a request, and describes it for its record.
   * @param lastEventId the cursor with which a stream is reopened
   * @throws Problem 400 or 404 when the filter or the place to start is invalid
   */
  async read(query: FollowQuery, lastEventId?: string): Promise<FeedRequest> {
    const { accountId, timeZone } = this.context.actor;
    const catalogue = await this.catalogue.load(accountId);
    const conditions = await this.filters.resolveConditions(query, catalogue);
    const filter = { accountId, conditions, timeZone: query.timeZone ?? timeZone };
    this.records.describe(filter, catalogue);
    return { filter, catalogue, position: await this.positions.find(filter, query, lastEventId) };
  }
}
