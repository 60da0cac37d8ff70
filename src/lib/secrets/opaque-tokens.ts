import { randomBytes } from 'node:crypto';
import { sha256 } from '../sha256';

/** A token as its client gets it, once, and what is stored in its place. */
export interface NewToken {
  readonly token: string;
  readonly tokenHash: string;
}

/** Tokens of one purpose: a prefix by which a leaked one can be recognised, and 256 random bits that tell nothing. */
export class OpaqueTokens {
  /** What a whole token looks like. */
  readonly pattern: RegExp;

  constructor(readonly prefix: string) {
    this.pattern = new RegExp(`^${prefix}[A-Za-z0-9_-]{43}$`);
  }

  make(): NewToken {
    const token = this.prefix + randomBytes(32).toString('base64url');
    return { token, tokenHash: tokenHash(token) };
  }
}

/** What is stored in place of a token, and found by it. */
export function tokenHash(token: string): string {
  return sha256(token);
}
