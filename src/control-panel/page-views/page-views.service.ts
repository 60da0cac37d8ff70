import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Recorder, type PastAction } from '../../audit/recording/recorder';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { IdempotencyKeys } from '../../idempotency/idempotency-keys';
import { Clock } from '../../lib/time/clock';
import { parseInstant } from '../../lib/time/instant';
import type { PageView, PageViewBatch } from './page-views.dto';
import type { RecordedPageViews } from './page-views.view';

const DAY = 24 * 60 * 60_000;

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
  async record(request: PageView | PageViewBatch): Promise<RecordedPageViews> {
    const now = this.clock.now();
    const actions =
      'views' in request
        ? request.views.map((view, index) => this.action(view, `views[${index}].viewedAt`, now))
        : [this.action(request, 'viewedAt', now)];
    // Ids are made in this order: of one moment, they sort as the views came.
    actions.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
    return this.unitOfWork.run(async () => {
      await this.recorder.recordPast(actions);
      const answer = { recorded: actions.length };
      await this.idempotency.remember(answer);
      return answer;
    });
  }

  private action({ page, title, viewedAt }: PageView, field: string, now: Date): PastAction {
    const { actor, origin } = this.context;
    return {
      actor,
      ...(origin && { origin }),
      occurredAt: readViewedAt(viewedAt, field, now),
      type: ActivityType.PageAccessed,
      outcome: 'success',
      fields: { page, ...(title && { comment: title }) },
    };
  }
}

function readViewedAt(viewedAt: string | undefined, field: string, now: Date): Date {
  const moment = viewedAt === undefined ? now : parseInstant(viewedAt)!;
  if (moment > now) throw Problem.badRequest('time_in_future', field, `${field} is later than now.`);
  if (now.getTime() - moment.getTime() <= DAY) return moment;
  throw Problem.badRequest('time_too_old', field, `${field} is more than 24 hours ago.`);
}
