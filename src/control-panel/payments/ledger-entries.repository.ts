import { Injectable } from '@nestjs/common';
import { insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { LedgerEntry } from './ledger-entry.entity';

/** Writes the built-in gateway's books. */
@Injectable()
export class LedgerEntriesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Books a movement of money. If the account already has one with the same key, nothing is booked. */
  async insert(entry: LedgerEntry): Promise<void> {
    await insertIgnoring(this.unitOfWork.manager, LedgerEntry, entry);
  }
}
