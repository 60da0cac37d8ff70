import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/page-by-id';
import { Clock } from '../../lib/time/clock';
import { requireSession } from './actor';
import { ownSessionView, type OwnSessionPage } from './own-session.view';
import { sessionNotFound, SessionsRepository } from './sessions.repository';

/** Lists and ends the sessions of the signed-in user. */
@Injectable()
export class OwnSessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  list(query: PageQuery): Promise<OwnSessionPage> {
    const { actor } = this.context;
    const { userId, sessionId } = requireSession(actor);
    const now = this.clock.now();
    const read = (after: string | undefined, take: number) => this.sessions.listOpen(userId, now, after, take);
    return pageById(query, ['sessions', userId], read, (session) => ownSessionView(session, sessionId, actor.timeZone));
  }

  end(id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const session = await this.sessions.getOpen(requireSession(this.context.actor).userId, this.clock.now(), id);
      const comment = `${session.ipAddress ?? 'unknown address'}, ${session.userAgent ?? 'unknown browser'}`;
      this.activity.describe(ActivityType.SessionEnded, { comment, details: { sessionId: id } });
      if (!(await this.sessions.delete(id))) throw sessionNotFound();
    });
  }

  endOthers(): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { userId, sessionId } = requireSession(this.context.actor);
      await this.sessions.deleteExpired(userId, this.clock.now());
      const ended = await this.sessions.deleteAll(userId, sessionId);
      this.activity.describe(ActivityType.SessionEnded, { comment: `All others (${ended})`, details: { ended } });
    });
  }
}
