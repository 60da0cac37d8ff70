import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { AuthController } from './auth.controller';
import { AuthService } from './auth.service';
import { LoginAttempts } from './login-attempts';
import { LoginService } from './login.service';
import { SessionsRepository } from './sessions.repository';

/** Login, logout and sessions. */
@Module({
  imports: [AccessModule],
  controllers: [AuthController],
  providers: [AuthService, LoginAttempts, LoginService, SessionsRepository],
  exports: [SessionsRepository],
})
export class AuthModule {}
