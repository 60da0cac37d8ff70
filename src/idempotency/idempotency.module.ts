import { Module } from '@nestjs/common';
import { IdempotencyKeys } from './idempotency-keys';
import { OldIdempotencyKeysJob } from './old-idempotency-keys.job';

/** Requests that are safe to repeat. */
@Module({ providers: [IdempotencyKeys, OldIdempotencyKeysJob], exports: [IdempotencyKeys] })
export class IdempotencyModule {}
