import { Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { SessionsModule } from '../sessions/sessions.module';
import { ApiKeyAuthentication } from './api-key-authentication';
import { ApiKeyRevocation } from './api-key-revocation';
import { ApiKeyUses } from './api-key-uses';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';

/** API keys, with which programs authenticate. */
@Module({
  imports: [AccessModule, SessionsModule],
  controllers: [ApiKeysController],
  providers: [ApiKeyAuthentication, ApiKeyRevocation, ApiKeyUses, ApiKeysRepository, ApiKeysService],
  exports: [ApiKeyAuthentication, ApiKeyRevocation, ApiKeysRepository],
})
export class ApiKeysModule {}
