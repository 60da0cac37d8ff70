import { createHash } from 'node:crypto';

/** Returns the SHA-256 of a text as 64 hexadecimal characters. Tokens are stored in this form. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
