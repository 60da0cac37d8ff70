import { Injectable } from '@nestjs/common';
import { lockRow } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Account } from './account.entity';

/** Stores accounts. They are never deleted, so the account of an actor always exists. */
@Injectable()
export class AccountsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  get(id: string): Promise<Account> {
    return this.unitOfWork.manager.findOneByOrFail(Account, { id });
  }

  exists(id: string): Promise<boolean> {
    return this.unitOfWork.manager.existsBy(Account, { id });
  }

  /**
   * Locks the account until the transaction ends. Changes of its users and roles take this lock too: see
   * `AccessBounds.lock`.
   */
  async lock(id: string): Promise<void> {
    await lockRow(this.unitOfWork.manager, Account, id);
  }

  async insert(account: Account): Promise<void> {
    await this.unitOfWork.manager.insert(Account, account);
  }

  async update(id: string, changed: Pick<Account, 'name' | 'timeZone' | 'retentionDays' | 'version'>): Promise<void> {
    await this.unitOfWork.manager.update(Account, { id }, changed);
  }
}
