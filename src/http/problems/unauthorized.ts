import { HttpStatus } from '@nestjs/common';
import { Problem } from './problem';
import { inHeader } from './request-field';

/** The problem of a request whose token, or lack of one, says not who acts. */
export function unauthorized(code: string, message: string): Problem {
  const errors = [{ field: inHeader('Authorization'), code, message }];
  return new Problem(HttpStatus.UNAUTHORIZED, code, message, errors, { 'WWW-Authenticate': 'Bearer' });
}
