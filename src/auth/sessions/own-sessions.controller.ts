import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OwnAccess } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { pathParameterOf, Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { OwnSessionPage } from './own-session.view';
import { OwnSessionParams } from './own-sessions.dto';
import { OwnSessionsService } from './own-sessions.service';

/** Your own sessions. */
@ApiTags('Authentication')
@Controller('auth/sessions')
@OwnAccess()
export class OwnSessionsController {
  constructor(private readonly sessions: OwnSessionsService) {}

  /** Lists your open sessions, newest first. `isCurrent` marks the session that sent the request. */
  @Get()
  @Answers('A page of your open sessions.')
  @TracksPage('Own sessions')
  list(@Query() query: PageQuery): Promise<OwnSessionPage> {
    return this.sessions.list(query);
  }

  /** Ends all your sessions except the current one. The service refuses their tokens from the next request on. */
  @Delete()
  @Answers('All your other sessions have ended.')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Tracked(ActivityType.SessionEnded)
  endOthers(): Promise<void> {
    return this.sessions.endOthers();
  }

  /** Ends one of your sessions. It can be the current one. The service refuses its token from the next request on. */
  @Delete(':id')
  @Answers('The session has ended.')
  @Fails('session_not_found')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Tracked(ActivityType.SessionEnded, (attempt) => ({ details: { sessionId: pathParameterOf(attempt, 'id') } }))
  end(@Param() { id }: OwnSessionParams): Promise<void> {
    return this.sessions.end(id);
  }
}
