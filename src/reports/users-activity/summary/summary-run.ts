import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import { at, last } from '../../../lib/elements';
import type { Interval } from '../../../lib/time/interval';
import type { CountedPart } from '../counting/count-query';
import { CountedGroups, type CountedGroup } from '../counting/counted-groups';
import type { ColumnGrouping } from '../counting/grouping';
import { FIRST_METHOD, type SliceCounts, type SliceTask } from '../counting/slice';
import type { TimeBucket } from '../counting/time-bucket';

const DAY = 24 * 60 * 60_000;
/** The length of the first slice. */
const FIRST_LENGTH = DAY;
/** The greatest and the smallest length of a slice. */
const MAX_LENGTH = 100 * DAY;
const MIN_LENGTH = 1000;
/** Milliseconds that a slice should take: if others wait for its worker thread, and if it has the thread to itself. */
const TARGET = { shared: 40, alone: 200 } as const;
/** The greatest and the smallest factor between the lengths of two successive slices. */
const GROWTH = { most: 4, least: 1 / 16 } as const;
/** Maximum number of parts of a slice. */
const MAX_PARTS = 1000;

/** What a summary counts. */
export interface SummaryRequest {
  readonly filter: ActivityFilter;
  readonly codes: readonly string[];
  readonly groupings: readonly ColumnGrouping[];
  readonly buckets: readonly TimeBucket[];
}

/** Counts a slice of a summary in a worker thread. */
export type CountSlice = (task: SliceTask) => Promise<SliceCounts>;

/** Adds up the counts of a summary. */
export interface SummaryTarget {
  /** Adds rows that were counted in a bucket, which is given by its place. */
  add(bucket: number, counted: CountedGroup): void;
  /** Returns whether no other summary or export waits for the same worker thread. */
  isAlone(): boolean;
  /**
   * Called after each slice; stops the summary by throwing.
   * @param done the share of the interval that has been counted, up to 1
   */
  check(done: number): void;
}

/** A part of a slice: one bucket, or a part of it. */
interface SlicePart extends CountedPart {
  /** The place of the bucket. */
  readonly bucket: number;
}

/**
 * Counts a summary slice by slice, and requests a slice only after the one before it, so that summaries and exports take
 * turns. A slice has as much of the interval as can be counted in a short time, given how long the last one took. One that
 * took too long was not counted, and is requested again with less of the interval.
 */
export async function runSummary(
  { filter, codes, groupings, buckets }: SummaryRequest,
  countSlice: CountSlice,
  target: SummaryTarget,
): Promise<void> {
  const { from, to } = filter.interval;
  let method = FIRST_METHOD;
  let length = FIRST_LENGTH;
  let start = from;
  for (let place = 0; start < to;) {
    const parts = cutParts(buckets, place, { from: start, to: start + length });
    const counts = await countSlice({ filter, codes, groupings, parts: parts.map(withoutPlace), method });
    for (const counted of new CountedGroups(counts.groups)) target.add(at(parts, counted.part).bucket, counted);
    const end = counts.to;
    target.check((end - from) / (to - from));
    const aim = target.isAlone() ? TARGET.alone : TARGET.shared;
    const growth = Math.min(Math.max(aim / counts.took, GROWTH.least), GROWTH.most);
    const next = end > start ? (end - start) * growth : (last(parts).to - start) * GROWTH.least;
    length = Math.min(Math.max(Math.round(next), MIN_LENGTH), MAX_LENGTH);
    ({ method } = counts);
    start = end;
    while (place < buckets.length && at(buckets, place).to <= start) place++;
  }
}

/** Returns the parts of the buckets, from the one at a place on, that are in a slice. */
function cutParts(buckets: readonly TimeBucket[], place: number, slice: Interval): SlicePart[] {
  const parts: SlicePart[] = [];
  for (const [index, { keys: _, ...bucket }] of buckets.slice(place, place + MAX_PARTS).entries()) {
    const [from, to] = [Math.max(bucket.from, slice.from), Math.min(bucket.to, slice.to)];
    if (from >= to) break;
    parts.push({ ...bucket, bucket: place + index, from, to });
  }
  return parts;
}

function withoutPlace({ bucket: _, ...part }: SlicePart): CountedPart {
  return part;
}
