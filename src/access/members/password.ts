import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

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
   * is no user.
   */
  async matches(password: string, passwordHash: string | undefined): Promise<boolean> {
    const matches = await verify(passwordHash ?? (await this.decoyHash), password);
    return passwordHash !== undefined && matches;
  }
}

/** Returns a random password of 20 characters, with 120 bits of entropy. */
export function randomPassword(): string {
  return randomBytes(15).toString('base64url');
}
