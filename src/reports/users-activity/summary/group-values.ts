import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import type { ActivityCode } from '../../../audit/catalogue/activity-code';
import { cellsInKey, cellsOf } from '../counting/counted-groups';
import type { ColumnGrouping } from '../counting/grouping';
import type { GroupValue } from './summary-groups';

type Cells = readonly (string | null)[];

/** Reads the values of groupings from the keys of counted groups. */
export class GroupValues {
  private readonly readers: readonly ((cells: Cells) => GroupValue)[];

  constructor(groupings: readonly ColumnGrouping[], catalogue: AccountCatalogue) {
    const all = cellsOf(groupings);
    this.readers = groupings.map((grouping) => {
      const [place = 0, emailPlace = 0, namePlace = 0] = cellsOf([grouping]).map((cell) => all.indexOf(cell));
      const first = (cells: Cells) => cells[place] ?? '';
      switch (grouping) {
        case 'user':
          return (cells) => ({
            id: cells[place] ?? null,
            email: cells[emailPlace] ?? null,
            name: cells[namePlace] ?? null,
          });
        case 'group':
          return (cells) => catalogue.groupOf(first(cells) as ActivityCode);
        case 'activity':
        case 'outcome':
          return first;
      }
    });
  }

  of(key: string): GroupValue[] {
    const cells = cellsInKey(key);
    return this.readers.map((read) => read(cells));
  }
}
