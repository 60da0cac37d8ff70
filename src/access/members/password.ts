import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

/** Hashes passwords with argon2id, at the cost that OWASP's Password Storage Cheat Sheet names first (19 MiB, 2 rounds). */
@Injectable()
export class Passwords {
  /** The hash of a password that nobody has, for whom there is none to compare with. */
  private readonly nobodys = this.hash(randomPassword());

  hash(password: string): Promise<string> {
    return hash(password);
  }

  /** Whether it is the password of this hash. Takes as long without a hash, so that its absence can't be told by the time. */
  async matches(password: string, passwordHash: string | undefined): Promise<boolean> {
    const matches = await verify(passwordHash ?? (await this.nobodys), password);
    return passwordHash !== undefined && matches;
  }
}

/** A password to be shown once: 20 characters, 120 bits. */
export function randomPassword(): string {
  return randomBytes(15).toString('base64url');
}
