import { HttpStatus } from '@nestjs/common';
import { Problem } from './problem';
import { inHeader } from './request-field';

/** Returns the problem of a request whose actor cannot be identified by its token. */
export function unauthorized(code: string, message: string): Problem {
  const errors = [{ field: inHeader('Authorization'), code, message }];
  return new Problem(HttpStatus.UNAUTHORIZED, code, message, errors, { 'WWW-Authenticate': 'Bearer' });
}
