import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { IdempotencyKeys } from './idempotency-keys';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';
import { IdempotentRoutes } from './idempotent-routes';
import { OldIdempotencyKeysJob } from './old-idempotency-keys.job';

/** Idempotency keys, which make requests safe to repeat. */
@Module({
  imports: [DiscoveryModule],
  providers: [IdempotencyKeys, IdempotencyKeysRepository, IdempotentRoutes, OldIdempotencyKeysJob],
  exports: [IdempotencyKeys],
})
export class IdempotencyModule {}
