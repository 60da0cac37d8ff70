import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Recorder, type PastAction } from '../../audit/recording/recorder';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { UnreadBody } from '../../http/validation/read-batch';
import { IdempotencyKeys } from '../../idempotency/idempotency-keys';
import { Clock } from '../../lib/time/clock';
import type { RecordedPageViews } from './page-views.view';
import { readPageViews, type TimedView } from './read-page-views';

/** The pages that frontends show. */
@Injectable()
export class PageViewsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: Recorder,
    private readonly idempotency: IdempotencyKeys,
    private readonly context: RequestContext,
    private readonly clock: Clock,
  ) {}

  /** Records the views, each at its own time; all of them, or none. */
  async record(body: UnreadBody): Promise<RecordedPageViews> {
    const actions = readPageViews(body, this.clock.now()).map((view) => this.action(view));
    // Ids are made in this order: of one moment, they sort as the views came.
    actions.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
    return this.unitOfWork.run(async () => {
      await this.recorder.recordPast(actions);
      const answer = { recorded: actions.length };
      await this.idempotency.remember(answer);
      return answer;
    });
  }

  private action({ view: { page, title }, moment }: TimedView): PastAction {
    const { actor, origin } = this.context;
    return {
      actor,
      ...(origin && { origin }),
      occurredAt: moment,
      type: ActivityType.PageAccessed,
      outcome: 'success',
      fields: { page, ...(title && { comment: title }) },
    };
  }
}
