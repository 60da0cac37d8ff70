/**
 * The columns that the rows of every export begin with, at the places 0 to 10. The writers know them by their places,
 * because the rows are arrays.
 */
export const FIRST_COLUMNS = [
  'id',
  'user_name',
  'activity',
  'outcome',
  'subscription_reference',
  'order_reference',
  'amount',
  'currency',
  'billing_cycles',
  'comment',
  'page',
] as const;

/** The columns after them, which only some exports need. */
export const MORE_COLUMNS = [
  'user_id',
  'user_email',
  'ip_address',
  'user_agent',
  'request_id',
  'sent_by',
  'details',
] as const;
export type MoreColumn = (typeof MORE_COLUMNS)[number];

/** The place of the first column whose length can differ much between rows: `comment`. */
export const FIRST_LONG_COLUMN = 9;

/** Returns the place of a column after the first ones. */
export function placeOf(column: MoreColumn): number {
  return FIRST_COLUMNS.length + MORE_COLUMNS.indexOf(column);
}

/** Returns the columns after the first ones, with NULL in place of those that an export does not need. */
export function selectMore(needed: ReadonlySet<MoreColumn>): string[] {
  const last = MORE_COLUMNS.findLastIndex((column) => needed.has(column));
  return MORE_COLUMNS.slice(0, last + 1).map((column) => (needed.has(column) ? column : `NULL AS ${column}`));
}
