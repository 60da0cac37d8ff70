import { Injectable } from '@nestjs/common';
import { conditionDetails, summarizeConditions } from '../activities/filter/filter-summary';
import type { AccountCatalogue } from '../audit/catalogue/activity-catalogue';
import { ActivityType } from '../audit/catalogue/activity-type';
import { CurrentActivity } from '../audit/recording/current-activity';
import { Recorder } from '../audit/recording/recorder';
import { RepeatedReads } from '../audit/tracking/repeated-reads';
import { momentOf } from '../lib/time-ordered-id';
import { Clock } from '../lib/time/clock';
import type { FeedFilter } from './feed-filter';

/** Milliseconds in which all requests of an actor with the same filter share one record. */
const HOUR = 60 * 60_000;
const COVERAGE = { maxAge: HOUR, unnamed: true } as const;

/**
 * Records that an actor reads the feed: once an hour for each filter, because each record of a read is itself in the feed.
 */
@Injectable()
export class FeedRecords {
  constructor(
    private readonly activity: CurrentActivity,
    private readonly repeatedReads: RepeatedReads,
    private readonly recorder: Recorder,
    private readonly clock: Clock,
  ) {}

  /** Describes the current request. */
  describe(filter: FeedFilter, catalogue: AccountCatalogue): void {
    this.activity.describe(ActivityType.FeedRead, fieldsOf(filter, catalogue));
  }

  /**
   * Returns the id of the record that covers the current request: an earlier one, or its own.
   * @param named the id of the record that the request's cursor names
   */
  find(named: string | undefined): Promise<string> {
    return this.repeatedReads.findRecord(named, COVERAGE);
  }

  /** Records that a stream is still read, if its record is an hour old. Returns the id of the record that covers it. */
  async renew(record: string, filter: FeedFilter, catalogue: AccountCatalogue): Promise<string> {
    if (Math.abs(this.clock.now().getTime() - momentOf(record)) < HOUR) return record;
    try {
      const id = await this.repeatedReads.findRecord(record, COVERAGE);
      await this.repeatedReads.recordOnce(() => this.commit(id, filter, catalogue));
      return id;
    } finally {
      this.repeatedReads.abandon();
    }
  }

  private commit(id: string, filter: FeedFilter, catalogue: AccountCatalogue): Promise<void> {
    const fields = fieldsOf(filter, catalogue);
    return this.recorder.commit({ id, type: ActivityType.FeedRead, outcome: 'success', fields });
  }
}

function fieldsOf({ conditions }: FeedFilter, catalogue: AccountCatalogue) {
  return { comment: summarizeConditions(conditions, catalogue), details: conditionDetails(conditions) };
}
