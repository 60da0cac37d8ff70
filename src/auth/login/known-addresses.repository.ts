import { Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import { insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { addressKeyOf } from './attempt-keys';
import { KnownAddress } from './known-address.entity';

const HOUR = 60 * 60_000;
/** Milliseconds for which an address is known after a login from it. */
export const KNOWN_FOR_MS = 30 * 24 * HOUR;

/** Stores the networks from which users log in, so that password guesses from other networks do not lock them out. */
@Injectable()
export class KnownAddressesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Returns whether the user has logged in from this network in the last 30 days. */
  exists(userId: string, addressKey: string, now: Date): Promise<boolean> {
    const lastLoginAt = MoreThan(new Date(now.getTime() - KNOWN_FOR_MS));
    return this.unitOfWork.manager.existsBy(KnownAddress, { userId, addressKey, lastLoginAt });
  }

  /** Saves the time of a login from an address, to the hour. Call it in the transaction of the login. */
  async save(userId: string, ipAddress: string | null | undefined, now: Date): Promise<void> {
    if (!ipAddress) return;
    const { manager } = this.unitOfWork;
    const address = { userId, addressKey: addressKeyOf(ipAddress) };
    await insertIgnoring(manager, KnownAddress, { ...address, lastLoginAt: now });
    const hourAgo = new Date(now.getTime() - HOUR);
    await manager.update(KnownAddress, { ...address, lastLoginAt: LessThan(hourAgo) }, { lastLoginAt: now });
  }
}
