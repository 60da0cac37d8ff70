import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import type { ActivityCode } from '../../../audit/catalogue/activity-code';
import type { ColumnValue } from '../../../database/sources/read-connection';
import { columnsOf } from '../counting/count-query';
import type { ColumnGrouping } from '../counting/grouping';
import type { GroupValue } from './summary-groups';

/** Reads the values of groupings from the columns of counted rows. */
export class GroupValues {
  private readonly readers: readonly ((values: readonly ColumnValue[]) => GroupValue)[];

  constructor(groupings: readonly ColumnGrouping[], catalogue: AccountCatalogue) {
    const columns = columnsOf(groupings);
    this.readers = groupings.map((grouping) => {
      const places = columnsOf([grouping]).map((column) => columns.indexOf(column));
      const textAt = (values: readonly ColumnValue[], place: number) => {
        const value = values[places[place] ?? -1] ?? null;
        return value === null ? null : String(value);
      };
      switch (grouping) {
        case 'user':
          return (values) => ({ id: textAt(values, 0), name: textAt(values, 1) });
        case 'group':
          return (values) => catalogue.groupOf(textAt(values, 0) as ActivityCode);
        default:
          return (values) => textAt(values, 0) ?? '';
      }
    });
  }

  of(values: readonly ColumnValue[]): GroupValue[] {
    return this.readers.map((read) => read(values));
  }
}
