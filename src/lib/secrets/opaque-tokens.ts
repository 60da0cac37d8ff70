import { randomBytes } from 'node:crypto';
import { sha256 } from '../sha256';

/** A new token, which only its client gets, and the hash that is stored instead. */
export interface NewToken {
  readonly token: string;
  readonly tokenHash: string;
}

/** Creates tokens for one purpose: a prefix by which a leaked token is recognized, and 256 random bits. */
export class OpaqueTokens {
  /** Matches a whole token. */
  readonly pattern: RegExp;

  constructor(readonly prefix: string) {
    this.pattern = new RegExp(`^${prefix}[A-Za-z0-9_-]{43}$`);
  }

  make(): NewToken {
    const token = this.prefix + randomBytes(32).toString('base64url');
    return { token, tokenHash: tokenHash(token) };
  }
}

/** Returns the hash under which a token is stored and looked up. */
export function tokenHash(token: string): string {
  return sha256(token);
}
