import { readDetails } from '../../../activities/rows/recorded-details';
import { ActivityType } from '../../../audit/catalogue/activity-type';
import type { ColumnValues } from '../../../database/sources/read-connection';
import { momentOf } from '../../../lib/time-ordered-id';
import { placeOf, selectMore, type MoreColumn } from './record-columns';

/** The labels of activity types, by code. */
export type Labels = Readonly<Record<string, string>>;

/** A column of an export, with the heading and the width that it has in a table. */
interface Column {
  readonly heading: string;
  /** In characters. */
  readonly width: number;
  /** The column of a record that must be read for it, if not every export reads it. */
  readonly needs?: MoreColumn;
}
/** A column with text, which is null in rows that do not have it. */
export interface TextColumn extends Column {
  readonly kind: 'text';
  readonly textOf: (row: ColumnValues, labels: Labels) => string | null;
  /** Whether the text is JSON. */
  readonly isJson?: boolean;
}
/** A column with times or numbers, which each format writes in its own way. */
export interface ValueColumn extends Column {
  readonly kind: 'local time' | 'amount' | 'billing cycles';
}
/** A column with times in UTC. */
export interface UtcColumn extends Column {
  readonly kind: 'UTC time';
  /** Returns the time in milliseconds since 1970; null in rows that do not have one. */
  readonly timeOf: (row: ColumnValues) => number | null;
}
export type ReportColumn = TextColumn | ValueColumn | UtcColumn;

/** The text after the label of an activity, which tells its outcome. */
const OUTCOME_NOTES: Readonly<Record<string, string>> = { success: '', failure: ' (failed)', denied: ' (denied)' };

/**
 * Returns a column whose text is stored as it is shown.
 * @param from its place among the columns that every export reads, or its name
 */
function stored(heading: string, width: number, from: number | MoreColumn): TextColumn {
  const place = typeof from === 'number' ? from : placeOf(from);
  const textOf = (row: ColumnValues) => row[place] as string | null;
  return { heading, width, kind: 'text', textOf, ...(typeof from === 'string' && { needs: from }) };
}

/** The columns of a CSV or an XLSX file, by name and in the order of `columns=all`. The first nine are the default. */
export const REPORT_COLUMNS = {
  date: { heading: 'Date', width: 20, kind: 'local time' },
  userName: stored('User name', 24, 1),
  activity: {
    heading: 'Activity',
    width: 32,
    kind: 'text',
    textOf: (row, labels) => labelOf(row[2] as string, row[3] as string, labels),
  },
  subscriptionReference: stored('Subscription reference', 22, 4),
  orderReference: stored('Order reference', 18, 5),
  amount: { heading: 'Price/Amount', width: 14, kind: 'amount' },
  currency: stored('Currency', 10, 7),
  billingCycles: { heading: 'Billing cycles', width: 14, kind: 'billing cycles' },
  comment: { heading: 'Comment', width: 48, kind: 'text', textOf: commentOf },
  id: stored('Id', 30, 0),
  occurredAt: { heading: 'Date (UTC)', width: 24, kind: 'UTC time', timeOf: ([id]) => momentOf(id as string) },
  activityCode: stored('Activity code', 32, 2),
  userId: stored('User id', 30, 'user_id'),
  userEmail: stored('User email', 30, 'user_email'),
  outcome: stored('Outcome', 10, 3),
  failureCode: { heading: 'Failure code', width: 24, kind: 'text', needs: 'details', textOf: failureCodeOf },
  page: stored('Page', 32, 10),
  ipAddress: stored('IP address', 18, 'ip_address'),
  userAgent: stored('User agent', 32, 'user_agent'),
  requestId: stored('Request id', 30, 'request_id'),
  sentBy: stored('Sent by', 24, 'sent_by'),
  details: { heading: 'Details', width: 48, kind: 'text', needs: 'details', isJson: true, textOf: detailsOf },
  recordedAt: {
    heading: 'Recorded at (UTC)',
    width: 24,
    kind: 'UTC time',
    needs: 'recorded_at',
    timeOf: recordedTimeOf,
  },
} as const satisfies Readonly<Record<string, ReportColumn>>;

/** The name of a column. It never changes. */
export type ColumnName = keyof typeof REPORT_COLUMNS;

/** The names of all columns. */
export const COLUMN_NAMES = Object.keys(REPORT_COLUMNS) as ColumnName[];
/** The names of the columns of an export that names none. */
export const DEFAULT_COLUMNS = COLUMN_NAMES.slice(0, 9);
/** The headings of these columns. */
export const DEFAULT_HEADINGS = DEFAULT_COLUMNS.map((name) => REPORT_COLUMNS[name].heading);

/** Returns columns by their names. */
export function reportColumns(names: readonly ColumnName[]): ReportColumn[] {
  return names.map((name) => REPORT_COLUMNS[name]);
}

/** Returns the columns of records to read for these columns, after those that every export reads, as SQL. */
export function neededFor(columns: readonly ReportColumn[]): string[] {
  return selectMore(new Set(columns.flatMap(({ needs }) => needs ?? [])));
}

/** Returns the label of an activity, with a note if it did not succeed. */
export function labelOf(activity: string, outcome: string, labels: Labels): string {
  return (labels[activity] ?? activity) + (OUTCOME_NOTES[outcome] ?? '');
}

/** Returns the comment of a row. A page view names its page there: `Order 2000001 (/orders/2000001)`. */
export function commentOf(row: ColumnValues): string | null {
  const [comment, page] = [row[9] as string | null, row[10] as string | null];
  if (row[2] !== ActivityType.PageAccessed || page === null || page === '' || page === comment) return comment;
  return comment === null || comment === '' ? page : `${comment} (${page})`;
}

const RECORDED_AT = placeOf('recorded_at');

/** Returns when the record of a row got its place in the ledger, in milliseconds since 1970; null if it has none yet. */
export function recordedTimeOf(row: ColumnValues): number | null {
  return row[RECORDED_AT] as number | null;
}

const DETAILS = placeOf('details');

/** Returns the details of a row as JSON; null if it has none. */
function detailsOf(row: ColumnValues): string | null {
  const { details } = readDetails(row[DETAILS] as string | null);
  return Object.keys(details).length === 0 ? null : JSON.stringify(details);
}

/** Returns the code of the problem with which an activity failed or was denied. */
function failureCodeOf(row: ColumnValues): string | null {
  return row[3] === 'success' ? null : readDetails(row[DETAILS] as string | null).failureCode;
}
