import { Module } from '@nestjs/common';
import { IdempotencyKeys } from './idempotency-keys';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';
import { OldIdempotencyKeysJob } from './old-idempotency-keys.job';

/** Idempotency keys, which make requests safe to repeat. */
@Module({ providers: [IdempotencyKeys, IdempotencyKeysRepository, OldIdempotencyKeysJob], exports: [IdempotencyKeys] })
export class IdempotencyModule {}
