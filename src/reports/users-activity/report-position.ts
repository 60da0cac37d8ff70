import { TIME_ORDERED_ID } from '../../lib/time-ordered-id';
import type { ActivityFilter } from './activity-filter';

/** Where a walk through the report stands. */
export interface ReportPosition {
  /** The last id that was answered. */
  readonly after: string;
  /** What the walk fixed when it began: its interval, which midnight must not move, and the last id of a walk from the oldest on. */
  readonly fixed: { readonly from: number; readonly to: number; readonly upTo?: string | undefined };
}

/** The last moment that a date can be. */
const LAST_MOMENT = 8.64e15;

/** Reads the position of a report in this order; undefined where it is none. */
export function readReportPosition(
  { after, fixed }: Readonly<Record<string, unknown>>,
  order: ActivityFilter['order'],
): ReportPosition | undefined {
  if (!isId(after) || typeof fixed !== 'object' || fixed === null) return undefined;
  const { from, to, upTo } = fixed as Readonly<Record<string, unknown>>;
  if (!isMoment(from) || !isMoment(to)) return undefined;
  if (order === 'desc') return { after, fixed: { from, to } };
  return isId(upTo) ? { after, fixed: { from, to, upTo } } : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && TIME_ORDERED_ID.test(value);
}

function isMoment(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LAST_MOMENT;
}
