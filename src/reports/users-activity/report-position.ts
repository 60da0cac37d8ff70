import type { ActivityFilter } from '../../activities/filter/activity-filter';
import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import { LATEST_END } from '../../lib/time/interval';

/** The position in a report at which a page starts, as a cursor stores it. */
export interface ReportPosition {
  /** The last id of the previous page. */
  readonly after: string;
  /** The id of the record of the previous page, which can cover the next ones. Clients can forge it. */
  readonly record: string | undefined;
  /**
   * Set by the first page: the interval, which midnight must not move, and with the oldest activity first the last id.
   */
  readonly fixed: { readonly from: number; readonly to: number; readonly upTo?: string | undefined };
}

/** Reads a position from the fields of a cursor; undefined when they are not a position in a report with this order. */
export function readReportPosition(
  { after, record: named, fixed }: Readonly<Record<string, unknown>>,
  order: ActivityFilter['order'],
): ReportPosition | undefined {
  if (!isId(after) || typeof fixed !== 'object' || fixed === null) return undefined;
  const { from, to, upTo } = fixed as Readonly<Record<string, unknown>>;
  if (!isTime(from) || !isTime(to)) return undefined;
  const record = isId(named) ? named : undefined;
  if (order === 'desc') return { after, record, fixed: { from, to } };
  return isId(upTo) ? { after, record, fixed: { from, to, upTo } } : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && TIME_ORDERED_ID.test(value);
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LATEST_END;
}
