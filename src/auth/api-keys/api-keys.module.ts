import { Global, Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module';
import { ApiKeyAccess } from '../../access/members/api-key-access';
import { SessionsModule } from '../sessions/sessions.module';
import { ApiKeyAuthentication } from './api-key-authentication';
import { ApiKeyRevocation } from './api-key-revocation';
import { ApiKeyUses } from './api-key-uses';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';

/** API keys, with which programs authenticate. Global, because their access is checked on a lower floor as well. */
@Global()
@Module({
  imports: [AccessModule, SessionsModule],
  controllers: [ApiKeysController],
  providers: [
    { provide: ApiKeyAccess, useExisting: ApiKeyAuthentication },
    ApiKeyAuthentication,
    ApiKeyRevocation,
    ApiKeyUses,
    ApiKeysRepository,
    ApiKeysService,
  ],
  exports: [ApiKeyAccess, ApiKeyAuthentication, ApiKeyRevocation, ApiKeysRepository],
})
export class ApiKeysModule {}
