import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import type { ActivityCode } from '../../../audit/catalogue/activity-code';
import type { ColumnValue } from '../../../database/sources/read-connection';
import { cellsOf } from '../counting/counted-groups';
import type { ColumnGrouping } from '../counting/grouping';
import type { GroupValue } from './summary-groups';

/** Reads the values of groupings from the cells of counted groups. */
export class GroupValues {
  private readonly readers: readonly ((cells: readonly ColumnValue[]) => GroupValue)[];

  constructor(groupings: readonly ColumnGrouping[], catalogue: AccountCatalogue) {
    const all = cellsOf(groupings);
    this.readers = groupings.map((grouping) => {
      const places = cellsOf([grouping]).map((cell) => all.indexOf(cell));
      const textAt = (cells: readonly ColumnValue[], place: number) => {
        const value = cells[places[place] ?? -1] ?? null;
        return value === null ? null : String(value);
      };
      switch (grouping) {
        case 'user':
          return (cells) => ({ id: textAt(cells, 0), name: textAt(cells, 1) });
        case 'group':
          return (cells) => catalogue.groupOf(textAt(cells, 0) as ActivityCode);
        case 'activity':
        case 'outcome':
          return (cells) => textAt(cells, 0) ?? '';
      }
    });
  }

  of(cells: readonly ColumnValue[]): GroupValue[] {
    return this.readers.map((read) => read(cells));
  }
}
