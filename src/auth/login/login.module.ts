import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { KnownAddressesRepository } from './known-addresses.repository';
import { LoginAttempts } from './login-attempts';
import { LoginAttemptsRepository } from './login-attempts.repository';
import { LoginLimits } from './login-limits';
import {
  ForgottenAddressesJob,
  LateRefusalCountsJob,
  OldLoginAttemptsJob,
  UnclaimedAttemptsJob,
} from './login-pruning.jobs';
import { LoginRefusals } from './login-refusals';
import { LoginRefusalsJob } from './login-refusals.job';
import { LoginRefusalsRepository } from './login-refusals.repository';
import { LoginService } from './login.service';

/** Verifies credentials, and limits how often passwords can be guessed. */
@Module({
  imports: [AccessModule],
  providers: [
    ForgottenAddressesJob,
    KnownAddressesRepository,
    LateRefusalCountsJob,
    LoginAttempts,
    LoginAttemptsRepository,
    LoginLimits,
    LoginRefusals,
    LoginRefusalsJob,
    LoginRefusalsRepository,
    LoginService,
    OldLoginAttemptsJob,
    UnclaimedAttemptsJob,
  ],
  exports: [KnownAddressesRepository, LoginAttempts, LoginService],
})
export class LoginModule {}
