import { applyDecorators, SetMetadata } from '@nestjs/common';
import { KIB, MIB } from '../../lib/bytes';
import { tooLargeMessage } from '../problems/body-too-large';
import { declareProblems } from '../problems/fails.decorator';

/**
 * Maximum bytes of a body on public routes: enough for the longest email address, password and token, with every
 * character escaped.
 */
export const PUBLIC_BODY_LIMIT = 16 * KIB;
/** Maximum bytes of a body on all other routes without `@BodyLimit`. */
export const DEFAULT_BODY_LIMIT = MIB;

export const BODY_LIMIT = Symbol('body limit');

/** Sets the maximum bytes of a route's body, for actors that the route's access rule allows. */
export function BodyLimit(bytes: number): MethodDecorator {
  return applyDecorators(
    SetMetadata(BODY_LIMIT, bytes),
    declareProblems('body limit', { code: 'body_too_large', detail: tooLargeMessage(bytes) }),
  );
}
