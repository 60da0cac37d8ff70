import { HttpStatus } from '@nestjs/common';
import { formatBytes } from '../../lib/bytes';
import { Problem } from './problem';

/**
 * Creates the problem of a body that exceeds its limit.
 * @param limit bytes
 */
export function bodyTooLarge(limit: number): Problem {
  return new Problem(HttpStatus.PAYLOAD_TOO_LARGE, 'body_too_large', tooLargeMessage(limit));
}

/** Returns the message about a body that exceeds the limit, in bytes. */
export function tooLargeMessage(limit: number): string {
  return `The body is larger than ${formatBytes(limit)}, which is the maximum for this request.`;
}
