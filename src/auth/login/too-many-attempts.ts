import { HttpStatus } from '@nestjs/common';
import { Problem } from '../../http/problems/problem';
import { secondsInWords } from '../../lib/time/calendar';
import type { LoginLimit, ReachedLimit } from './login-limits';

/**
 * Returns the 429 of an attempt that limits refuse. Its headers follow draft-ietf-httpapi-ratelimit-headers-11:
 * structured fields (RFC 9651), `q` failures in `w` seconds, `r` of them left for the next `t` seconds.
 */
export function tooManyAttempts(reached: readonly ReachedLimit[], limits: readonly LoginLimit[]): Problem {
  const seconds = Math.max(...reached.map((one) => one.seconds));
  const detail = `Too many wrong passwords. Wait ${secondsInWords(seconds)} before you try again.`;
  return new Problem(HttpStatus.TOO_MANY_REQUESTS, 'too_many_attempts', detail, [], {
    'Retry-After': String(seconds),
    'RateLimit-Policy': limits
      .map(({ name, failures, windowMs }) => `"${name}";q=${failures};w=${windowMs / 1000}`)
      .join(', '),
    RateLimit: reached.map((one) => `"${one.limit.name}";r=0;t=${one.seconds}`).join(', '),
  });
}
