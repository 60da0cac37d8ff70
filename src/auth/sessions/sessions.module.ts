import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { ExpiredSessionsJob } from './expired-sessions.job';
import { OwnSessionsController } from './own-sessions.controller';
import { OwnSessionsService } from './own-sessions.service';
import { SessionAuthentication } from './session-authentication';
import { SessionsRepository } from './sessions.repository';

/** Sessions: authentication, and the users' own list. */
@Module({
  imports: [AccessModule],
  controllers: [OwnSessionsController],
  providers: [ExpiredSessionsJob, OwnSessionsService, SessionAuthentication, SessionsRepository],
  exports: [SessionAuthentication, SessionsRepository],
})
export class SessionsModule {}
