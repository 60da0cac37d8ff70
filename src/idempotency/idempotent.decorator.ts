import { applyDecorators, SetMetadata, type NestInterceptor, type Type } from '@nestjs/common';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants';
import { ApiHeader } from '@nestjs/swagger';
import { SendsHeaders } from '../http/contract/response-headers';
import { declareProblems } from '../http/problems/fails.decorator';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { KEY_DAYS } from './idempotency-key.entity';

export const IDEMPOTENT = Symbol('idempotent');

/** Lets clients repeat a request safely: requests with the same Idempotency-Key header have a single effect. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    SetMetadata(IDEMPOTENT, true),
    useFirst(IdempotencyInterceptor),
    SendsHeaders('Idempotent-Replayed'),
    declareProblems('idempotency', 'idempotency_key_invalid', 'idempotency_key_in_use', 'idempotency_key_reused'),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'A text of 1 to 200 characters, different for each new request. A repeated request with the same key and body returns ' +
        'the response of the first request and has no effect. It is refused with 422 if its body or path is different, and with ' +
        `409 while the first request is running. The service keeps a key for ${KEY_DAYS} days; after that, it is a new key.`,
      schema: { type: 'string', minLength: 1, maxLength: 200, example: '6f1c2a9e-order-2000001' },
    }),
  );
}

/**
 * Makes an interceptor run outside of all others of the route, in whatever order their decorators stand: a repeated
 * request must not be recorded again.
 */
function useFirst(interceptor: Type<NestInterceptor>): MethodDecorator {
  return (_target, _name, { value }: PropertyDescriptor) => {
    const handler = value as object;
    const others = (Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[];
    Reflect.defineMetadata(INTERCEPTORS_METADATA, [interceptor, ...others], handler);
  };
}
