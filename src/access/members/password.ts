import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

/** Stored instead of a hash until an invited user has chosen a password. No password matches it. */
export const NO_PASSWORD = '';

/**
 * Hashes and verifies passwords with argon2id, with OWASP's first recommended parameters (Password Storage Cheat Sheet:
 * 19 MiB, 2 iterations).
 */
@Injectable()
export class Passwords {
  /** The hash of a random password, to compare with when there is no user. */
  private readonly decoyHash = this.hash(randomPassword());

  hash(password: string): Promise<string> {
    return hash(password);
  }

  /**
   * Returns whether a password has this hash. Takes as long without a hash, so that the time does not reveal that there
   * is no user, or that the user has no password yet.
   */
  async matches(password: string, passwordHash: string = NO_PASSWORD): Promise<boolean> {
    const hasPassword = passwordHash !== NO_PASSWORD;
    const matches = await verify(hasPassword ? passwordHash : await this.decoyHash, password);
    return hasPassword && matches;
  }
}

/** Returns a random password of 20 characters, with 120 bits of entropy. */
export function randomPassword(): string {
  return randomBytes(15).toString('base64url');
}
