import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { isBuiltIn, type ActivityCode } from './activity-code';
import { ACTIVITY_TYPES, catalogueEntry } from './activity-type';
import { CustomActivityType } from './custom-activity-type.entity';

/** The kinds of activity that an account has: the built-in ones, and its own. */
export class AccountCatalogue {
  private readonly labels: ReadonlyMap<string, string>;

  /** @param own the account's own kinds, by code */
  constructor(readonly own: readonly CustomActivityType[]) {
    this.labels = new Map(own.map(({ code, label }) => [code, label]));
  }

  /** Every code that an activity of the account can have. */
  get codes(): readonly ActivityCode[] {
    return [...ACTIVITY_TYPES, ...this.own.map(({ code }) => code)];
  }

  has(code: string): code is ActivityCode {
    return isBuiltIn(code) || this.labels.has(code);
  }

  /** What the report calls it. */
  labelOf(code: ActivityCode): string {
    return isBuiltIn(code) ? catalogueEntry(code).label : (this.labels.get(code) ?? code);
  }
}

/** Knows the kinds of activity of each account, and keeps those that accounts register themselves. */
@Injectable()
export class ActivityCatalogue {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async of(accountId: string): Promise<AccountCatalogue> {
    const own = await this.unitOfWork.manager.find(CustomActivityType, {
      where: { accountId },
      order: { code: 'ASC' },
    });
    return new AccountCatalogue(own);
  }

  async insert(type: CustomActivityType): Promise<void> {
    await this.unitOfWork.manager.insert(CustomActivityType, type);
  }

  async update({ accountId, code, label, group }: CustomActivityType): Promise<void> {
    await this.unitOfWork.manager.update(CustomActivityType, { accountId, code }, { label, group });
  }
}
