import { Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import { RequestContext } from '../../context/request-context';
import { insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { addressKeyOf } from './attempt-keys';
import { KnownAddress } from './known-address.entity';

const HOUR = 60 * 60_000;
/** Milliseconds for which an address is known after a login from it. */
export const KNOWN_FOR_MS = 30 * 24 * HOUR;

/** Remembers where users log in from: guesses from elsewhere must not keep them out. */
@Injectable()
export class KnownAddresses {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
  ) {}

  /** Whether the user has logged in from this network in the last 30 days. */
  isKnown(userId: string, addressKey: string, now: Date): Promise<boolean> {
    const lastLoginAt = MoreThan(new Date(now.getTime() - KNOWN_FOR_MS));
    return this.unitOfWork.manager.existsBy(KnownAddress, { userId, addressKey, lastLoginAt });
  }

  /** Remembers the address of this request, in the unit of work of the login. */
  async remember(userId: string, now: Date): Promise<void> {
    const ipAddress = this.context.origin?.ipAddress;
    if (!ipAddress) return;
    const { manager } = this.unitOfWork;
    const known = { userId, addressKey: addressKeyOf(ipAddress) };
    await insertIgnoring(manager, KnownAddress, { ...known, lastLoginAt: now });
    const hourAgo = new Date(now.getTime() - HOUR);
    await manager.update(KnownAddress, { ...known, lastLoginAt: LessThan(hourAgo) }, { lastLoginAt: now });
  }
}
