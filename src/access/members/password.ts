import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

/** Stored instead of a hash until an invited user has chosen a password. No password matches it. */
export const NO_PASSWORD = '';

/**
 * Normalizes a password to NFC, as NIST SP 800-63B (section 3.1.1.2) and RFC 8265 (OpaqueString) require: devices type
 * the same accented letter as one code point or as two.
 */
export function normalizePassword(password: string): string {
  return password.normalize('NFC');
}

/**
 * Hashes and verifies passwords with argon2id, with OWASP's first recommended parameters (Password Storage Cheat Sheet:
 * 19 MiB, 2 iterations). It hashes the normalized password.
 */
@Injectable()
export class Passwords {
  /** The hash of a random password, to compare with when there is no user. */
  private readonly decoyHash = this.hash(randomPassword());

  hash(password: string): Promise<string> {
    return hash(normalizePassword(password));
  }

  /**
   * Returns whether a password has this hash. Takes as long without a hash, so that the time does not reveal that there
   * is no user, or that the user has no password yet. Tries the text as it was sent as well, because older hashes are
   * of passwords that were not normalized.
   */
  async matches(password: string, passwordHash: string = NO_PASSWORD): Promise<boolean> {
    const hasPassword = passwordHash !== NO_PASSWORD;
    const compared = hasPassword ? passwordHash : await this.decoyHash;
    let matches = false;
    // Verifies every form even if the first one matches: the time depends only on what was sent.
    for (const form of new Set([normalizePassword(password), password])) {
      if (await verify(compared, form)) matches = true;
    }
    return hasPassword && matches;
  }
}

/** Returns a random password of 20 characters, with 120 bits of entropy. */
export function randomPassword(): string {
  return randomBytes(15).toString('base64url');
}
