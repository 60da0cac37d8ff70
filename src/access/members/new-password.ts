import { Injectable } from '@nestjs/common';
import { ClsService } from 'nestjs-cls';
import { Passwords } from './password';

const HASH = Symbol('hash of the new password');

/**
 * The password that a request gives to a user. A guard has it hashed before the unit of work opens, because that takes
 * tens of milliseconds, and no transaction should be open for that long.
 */
@Injectable()
export class NewPassword {
  constructor(
    private readonly passwords: Passwords,
    private readonly cls: ClsService,
  ) {}

  /** Hashes it and keeps the hash for this request. */
  async prepare(password: string): Promise<void> {
    this.cls.set(HASH, await this.passwords.hash(password));
  }

  /** The hash of the password that was prepared in this request. */
  get hash(): string {
    const hash = this.cls.get<string | undefined>(HASH);
    if (hash === undefined) throw new Error('No new password was hashed in this request.');
    return hash;
  }
}
