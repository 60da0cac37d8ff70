import { HttpStatus } from '@nestjs/common';
import { Problem } from './problem';

/** The problem of a request whose token, or lack of one, says not who acts. */
export function unauthorized(code: string, message: string): Problem {
  const errors = [{ field: 'Authorization', code, message }];
  return new Problem(HttpStatus.UNAUTHORIZED, code, message, errors, { 'WWW-Authenticate': 'Bearer' });
}
