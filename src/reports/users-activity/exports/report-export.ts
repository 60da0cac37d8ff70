import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import { ZonedClock } from '../../../lib/time/zoned-time';
import type { ActivityFilter } from '../reading/activity-filter';
import type { ExportBatch, ExportPosition } from './export-batches';

/** The media type of a CSV, with its parameters. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** A response that streams a report as a CSV file. */
export class ReportExport extends StreamableFile {
  constructor(
    stream: Readable,
    filter: ActivityFilter,
    /** The coding of the stream; undefined if it is not compressed. */
    readonly encoding: 'gzip' | undefined,
  ) {
    super(stream, {
      type: CSV_TYPE,
      disposition: `attachment; filename="${fileNameOf(filter)}"`,
    });
    this.timeZone = filter.timeZone;
  }

  /** The IANA time zone of the dates. Sent in a header, because the rows do not contain it. */
  readonly timeZone: string;
}

/**
 * Streams the batches of an export. Requests the next batch while the client receives the last one, and no more until
 * the client has received it; stops when the client disconnects. A batch that fails breaks the connection.
 */
export function streamBatches(
  first: ExportBatch,
  writeNext: (position: ExportPosition) => Promise<ExportBatch>,
): Readable {
  return Readable.from(bytesOf(first, writeNext), { objectMode: false });
}

async function* bytesOf(first: ExportBatch, writeNext: (position: ExportPosition) => Promise<ExportBatch>) {
  let batch: ExportBatch | undefined = first;
  while (batch) {
    const next: Promise<ExportBatch> | undefined = batch.next && writeNext(batch.next);
    // The error is thrown when the batch is awaited, unless the client has disconnected before.
    next?.catch(() => undefined);
    yield batch.bytes;
    batch = await next;
  }
}

/** Returns a file name with the first and the last day of the interval. */
function fileNameOf({ interval, timeZone }: ActivityFilter): string {
  const clock = ZonedClock.of(timeZone);
  return `users-activity_${clock.day(interval.from)}_${clock.day(Math.max(interval.from, interval.to - 1))}.csv`;
}
