import { Injectable } from '@nestjs/common';
import { insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { LedgerEntry } from './ledger-entry.entity';

/** The movements of money that the built-in gateway has booked. */
@Injectable()
export class LedgerEntriesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Books a movement, unless one with the same key is there already: that is the same movement. */
  async insert(entry: LedgerEntry): Promise<void> {
    await insertIgnoring(this.unitOfWork.manager, LedgerEntry, entry);
  }
}
