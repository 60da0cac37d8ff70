/** The groupings by time, each with its local days in the report's time zone. */
export const TIME_GROUPINGS = ['day', 'week', 'month', 'hourOfDay'] as const;
export type TimeGrouping = (typeof TIME_GROUPINGS)[number];

/** The groupings by a column of the records. */
export const COLUMN_GROUPINGS = ['user', 'activity', 'group', 'outcome'] as const;
export type ColumnGrouping = (typeof COLUMN_GROUPINGS)[number];

/** What the rows of a summary can be grouped by. */
export const GROUPINGS = [...TIME_GROUPINGS, ...COLUMN_GROUPINGS] as const;
export type Grouping = (typeof GROUPINGS)[number];

export function isTimeGrouping(grouping: Grouping): grouping is TimeGrouping {
  return (TIME_GROUPINGS as readonly Grouping[]).includes(grouping);
}

export function isColumnGrouping(grouping: Grouping): grouping is ColumnGrouping {
  return !isTimeGrouping(grouping);
}
