import { applyDecorators, SetMetadata } from '@nestjs/common';
import { KIB, MIB } from '../../lib/bytes';
import { tooLargeMessage } from '../problems/body-too-large';
import { declareProblems } from '../problems/fails.decorator';

/** Bytes of a body, on routes that anybody may call: enough for the longest e-mail, password and token, however they are escaped. */
export const PUBLIC_BODY_LIMIT = 16 * KIB;
/** Bytes of a body, on routes without a `@BodyLimit` of their own. */
export const DEFAULT_BODY_LIMIT = MIB;

export const BODY_LIMIT = Symbol('body limit');

/** Lets a route take larger bodies than the others, from those who may call it. */
export function BodyLimit(bytes: number): MethodDecorator {
  return applyDecorators(
    SetMetadata(BODY_LIMIT, bytes),
    declareProblems('body limit', { code: 'body_too_large', detail: tooLargeMessage(bytes) }),
  );
}
