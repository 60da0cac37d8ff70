import { Injectable } from '@nestjs/common';
import { SelectStatement } from '../../database/select-statement';
import { UnitOfWork } from '../../database/unit-of-work';
import { isBuiltIn, type ActivityCode } from './activity-code';
import { ACTIVITY_TYPES, catalogueEntry } from './activity-type';
import { CustomActivityType } from './custom-activity-type.entity';

/** The activity types of an account: the built-in ones and its custom ones. */
export class AccountCatalogue {
  private readonly labels: ReadonlyMap<string, string>;

  /** @param customTypes sorted by code */
  constructor(readonly customTypes: readonly CustomActivityType[]) {
    this.labels = new Map(customTypes.map(({ code, label }) => [code, label]));
  }

  /** The codes of all activity types of the account. */
  get codes(): readonly ActivityCode[] {
    return [...ACTIVITY_TYPES, ...this.customTypes.map(({ code }) => code)];
  }

  has(code: string): code is ActivityCode {
    return isBuiltIn(code) || this.labels.has(code);
  }

  /** Returns the codes of the activity types of a group. Compares the name of the group exactly. */
  codesOfGroup(group: string): readonly ActivityCode[] {
    return [
      ...ACTIVITY_TYPES.filter((code) => catalogueEntry(code).group === group),
      ...this.customTypes.filter((type) => type.group === group).map(({ code }) => code),
    ];
  }

  /** Returns the label that the report shows; for an unknown code the code itself. */
  labelOf(code: ActivityCode): string {
    return isBuiltIn(code) ? catalogueEntry(code).label : (this.labels.get(code) ?? code);
  }

  /** Returns the group of an activity type; for an unknown code the code itself. */
  groupOf(code: ActivityCode): string {
    if (isBuiltIn(code)) return catalogueEntry(code).group;
    return this.customTypes.find((type) => type.code === code)?.group ?? code;
  }
}

/** Loads the activity types of accounts, and stores custom ones. */
@Injectable()
export class ActivityCatalogue {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async load(accountId: string): Promise<AccountCatalogue> {
    const { manager } = this.unitOfWork;
    const select = SelectStatement.for(manager, CustomActivityType);
    const customTypes = await select.rows(manager, 'WHERE account_id = ? ORDER BY code', [accountId]);
    return new AccountCatalogue(customTypes);
  }

  async insertCustomType(type: CustomActivityType): Promise<void> {
    await this.unitOfWork.manager.insert(CustomActivityType, type);
  }

  async updateCustomType({ accountId, code, label, group, version }: CustomActivityType): Promise<void> {
    await this.unitOfWork.manager.update(CustomActivityType, { accountId, code }, { label, group, version });
  }
}
