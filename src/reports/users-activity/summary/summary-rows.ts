import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import type { ActivityCode } from '../../../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../../../audit/catalogue/activity-type';
import { formatSum } from '../../../lib/money';
import { isTimeGrouping, type Grouping } from '../counting/grouping';
import type { KnownActor } from '../choices/known-actors';
import type { TimeKey } from '../counting/time-bucket';
import type { GroupActor, GroupValue, SummaryGroup, Totals } from './summary-groups';
import type { SummaryKey, SummaryRow, SummaryTotals } from './summary.view';

/** A number or a text by which rows are ordered. */
type SortKey = string | number;

/** A field of the key of a row, and its place in the order of the rows. */
interface KeyField {
  readonly field: SummaryKey;
  readonly sortKeys: readonly SortKey[];
}

/** Shows the groups of a summary as rows, in the order of the groupings. */
export class SummaryRows {
  private readonly activityPlaces: ReadonlyMap<string, number>;
  private readonly groupPlaces: ReadonlyMap<string, number>;

  /** @param actors the present names and email addresses of users and API keys, by id */
  constructor(
    private readonly groupBy: readonly Grouping[],
    private readonly catalogue: AccountCatalogue,
    private readonly actors: ReadonlyMap<string, KnownActor>,
  ) {
    const { codes } = catalogue;
    this.activityPlaces = new Map(codes.map((code, place) => [code, place]));
    const groups = [...new Set(codes.map((code) => catalogue.groupOf(code)))];
    this.groupPlaces = new Map(groups.map((group, place) => [group, place]));
  }

  of(groups: Iterable<SummaryGroup>): SummaryRow[] {
    const rows = Array.from(groups, (group) => {
      const fields = this.fieldsOf(group);
      const key = Object.assign({}, ...fields.map(({ field }) => field)) as SummaryKey;
      return { sortKeys: fields.flatMap(({ sortKeys }) => sortKeys), row: { key, ...summaryTotals(group.totals) } };
    });
    return rows.sort((a, b) => compare(a.sortKeys, b.sortKeys)).map(({ row }) => row);
  }

  private fieldsOf({ times, values }: SummaryGroup): KeyField[] {
    let [time, value] = [0, 0];
    return this.groupBy.map((grouping) =>
      isTimeGrouping(grouping)
        ? timeField(grouping, times[time++] ?? '')
        : this.valueField(grouping, values[value++] ?? ''),
    );
  }

  private valueField(grouping: Exclude<Grouping, 'day' | 'week' | 'month' | 'hourOfDay'>, value: GroupValue): KeyField {
    switch (grouping) {
      case 'user': {
        const { id, ...person } = value as GroupActor;
        const { name, email } = (id === null ? undefined : this.actors.get(id)) ?? person;
        const user = { id, name: name ?? '', email };
        return { field: { user }, sortKeys: [user.name, user.email ?? '', id ?? ''] };
      }
      case 'activity': {
        const code = value as ActivityCode;
        const activity = { code, label: this.catalogue.labelOf(code) };
        return { field: { activity }, sortKeys: [this.activityPlaces.get(code) ?? Infinity, code] };
      }
      case 'group': {
        const group = value as string;
        return { field: { group }, sortKeys: [this.groupPlaces.get(group) ?? Infinity, group] };
      }
      case 'outcome': {
        const outcome = value as Outcome;
        return { field: { outcome }, sortKeys: [OUTCOMES.indexOf(outcome)] };
      }
    }
  }
}

function timeField(grouping: Grouping, time: TimeKey): KeyField {
  return { field: { [grouping]: time }, sortKeys: [time] };
}

/** Shows the number of activities and the sums of their amounts. */
export function summaryTotals({ count, sums }: Totals): SummaryTotals {
  const amounts = [...sums].map(([currency, sum]) => ({ currency, amount: formatSum(sum, currency) }));
  return { count, amounts: amounts.sort((a, b) => (a.currency < b.currency ? -1 : 1)) };
}

function compare(a: readonly SortKey[], b: readonly SortKey[]): number {
  for (const [place, key] of a.entries()) {
    const other = b[place] ?? key;
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}
