import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { declareProblems } from '../http/problems/fails.decorator';
import { KEY_DAYS } from './idempotency-key.entity';

export const IDEMPOTENT = Symbol('idempotent');

/** Lets clients repeat a request safely: with the same Idempotency-Key header it has its effect once. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    SetMetadata(IDEMPOTENT, true),
    declareProblems('idempotency', 'idempotency_key_invalid', 'idempotency_key_in_use', 'idempotency_key_reused'),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Any text of 1 to 200 characters that is new for each new request. Repeated with the same body it returns the first answer ' +
        'and does nothing again; with another body or path it is a 422; while the first request is still running it is a 409. ' +
        `A key is remembered for ${KEY_DAYS} days: a request that repeats an older one is a new request.`,
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
  );
}
