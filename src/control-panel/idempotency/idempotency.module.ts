import { Module } from '@nestjs/common';
import { IdempotencyKeys } from './idempotency-keys';

/** Requests that are safe to repeat. */
@Module({ providers: [IdempotencyKeys], exports: [IdempotencyKeys] })
export class IdempotencyModule {}
