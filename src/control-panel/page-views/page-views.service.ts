import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { PastAction } from '../../audit/recording/activity-row';
import { Recorder } from '../../audit/recording/recorder';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { UnreadBody } from '../../http/validation/read-batch';
import { IdempotencyKeys } from '../../idempotency/idempotency-keys';
import { Clock } from '../../lib/time/clock';
import type { RecordedPageViews } from './page-views.view';
import { readPageViews, type TimedPageView } from './read-page-views';

/** Records the pages of the Control Panel that users look at. */
@Injectable()
export class PageViewsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: Recorder,
    private readonly idempotency: IdempotencyKeys,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /**
   * Records all page views of the request in one transaction, each with its own time. A single one, without an
   * Idempotency-Key, shares its transaction with those of other requests.
   */
  async record(body: UnreadBody): Promise<RecordedPageViews> {
    const actions = readPageViews(body, this.clock.now()).map((view) => this.createAction(view));
    const response = { recorded: actions.length };
    const [first, ...others] = actions;
    if (first && others.length === 0 && !this.idempotency.hasKey) {
      await this.recorder.commitPast(first);
      await this.idempotency.remember(response);
      return response;
    }
    // Ids are created in this order, so that views with the same time keep the order of the request.
    actions.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
    return this.unitOfWork.run(async () => {
      await this.recorder.recordPast(actions);
      await this.idempotency.remember(response);
      return response;
    });
  }

  private createAction({ view: { page, title }, viewedAt }: TimedPageView): PastAction {
    const { actor, origin } = this.context;
    return {
      actor,
      ...(origin && { origin }),
      occurredAt: viewedAt,
      type: ActivityType.PageAccessed,
      outcome: 'success',
      fields: { page, ...(title && { comment: title }) },
    };
  }
}
