import { HttpStatus } from '@nestjs/common';
import { Problem } from './problem';
import { inHeader } from './request-field';

/** Creates the problem of a request that is not authenticated: 401, with the `WWW-Authenticate` header. */
export function unauthorized(code: string, message: string): Problem {
  const errors = [{ field: inHeader('Authorization'), code, message }];
  return new Problem(HttpStatus.UNAUTHORIZED, code, message, errors, { 'WWW-Authenticate': 'Bearer' });
}
