import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/paging';
import { Problem } from '../../http/problems/problem';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import { loggedIn } from './actor';
import type { OwnSession, OwnSessionPage } from './own-sessions.dto';
import type { Session } from './session.entity';
import { SessionsRepository } from './sessions.repository';

/** Shows users where they are logged in, and ends what they don't recognise. */
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
    const { userId } = loggedIn(this.context.actor);
    const now = this.clock.now();
    const read = (after: string | undefined, take: number) => this.sessions.listOpen(userId, now, after, take);
    return pageById(query, ['sessions', userId], read, this.view);
  }

  end(id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const session = await this.sessions.findOpen(loggedIn(this.context.actor).userId, this.clock.now(), id);
      if (!session) throw sessionNotFound();
      const comment = `${session.ipAddress ?? 'unknown address'}, ${session.userAgent ?? 'unknown browser'}`;
      this.activity.describe(ActivityType.SessionEnded, { comment, details: { sessionId: id } });
      if (!(await this.sessions.end(id))) throw sessionNotFound();
    });
  }

  endOthers(): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { userId, sessionId } = loggedIn(this.context.actor);
      await this.sessions.endExpired(userId, this.clock.now());
      const ended = await this.sessions.endAll(userId, sessionId);
      this.activity.describe(ActivityType.SessionEnded, { comment: `All others (${ended})`, details: { ended } });
    });
  }

  private readonly view = ({ id, createdAt, expiresAt, ipAddress, userAgent }: Session): OwnSession => {
    const { actor } = this.context;
    const clock = new ZonedClock(actor.timeZone);
    const times = { createdAt: clock.rfc3339(createdAt.getTime()), expiresAt: clock.rfc3339(expiresAt.getTime()) };
    return { id, ...times, ipAddress, userAgent, isCurrent: id === loggedIn(actor).sessionId };
  };
}

/** Also for somebody else's session: whoever asks can't tell the two apart. */
function sessionNotFound(): Problem {
  return Problem.notFound('session_not_found', 'id', 'You have no open session with this id.');
}
