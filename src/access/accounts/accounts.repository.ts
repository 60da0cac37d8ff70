import { Injectable } from '@nestjs/common';
import { lockRow } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Account } from './account.entity';

/** Accounts. A request has the id of its own from its actor, and accounts are never deleted, so there is none to miss. */
@Injectable()
export class AccountsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  get(id: string): Promise<Account> {
    return this.unitOfWork.manager.findOneByOrFail(Account, { id });
  }

  exists(id: string): Promise<boolean> {
    return this.unitOfWork.manager.existsBy(Account, { id });
  }

  /** Locks the account until the transaction ends, and with it all access to it: see `AccessBounds.lock`. */
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
