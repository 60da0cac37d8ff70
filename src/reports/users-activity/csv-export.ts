import { StreamableFile } from '@nestjs/common';
import { format } from 'fast-csv';
import { pipeline, Readable } from 'node:stream';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { ActivityFilter } from './activity-filter';
import type { ReportedActivity } from './activity.reader';
import { CSV_HEADINGS, csvRow } from './csv-row';

/** A response that streams a report as a CSV file. */
export class CsvExport extends StreamableFile {
  constructor(
    stream: Readable,
    /** The IANA time zone of the dates. Sent in a header, because the rows do not contain it. */
    readonly timeZone: string,
    fileName: string,
  ) {
    super(stream, {
      type: 'text/csv; charset=utf-8; header=present',
      disposition: `attachment; filename="${fileName}"`,
    });
  }
}

/**
 * Streams a report as CSV (RFC 4180) in UTF-8, with CRLF after every line. Reads the next batch when the client has
 * received the previous one, and stops when the client disconnects. A read that fails breaks the connection.
 */
export function csvExport(
  filter: ActivityFilter,
  batches: AsyncIterable<ReportedActivity[]>,
  catalogue: AccountCatalogue,
  bom: boolean,
): CsvExport {
  const lines = format({
    headers: CSV_HEADINGS,
    alwaysWriteHeaders: true,
    rowDelimiter: '\r\n',
    includeEndRowDelimiter: true,
    writeBOM: bom,
  });
  // `pipeline` requires a callback, but the error reaches the consumer of `lines`.
  pipeline(Readable.from(csvRows(batches, filter.timeZone, catalogue)), lines, () => undefined);
  return new CsvExport(lines, filter.timeZone, fileNameOf(filter));
}

async function* csvRows(batches: AsyncIterable<ReportedActivity[]>, timeZone: string, catalogue: AccountCatalogue) {
  const clock = new ZonedClock(timeZone);
  for await (const batch of batches) for (const activity of batch) yield csvRow(activity, clock, catalogue);
}

/** Returns a file name with the first and the last day of the interval. */
function fileNameOf({ interval, timeZone }: ActivityFilter): string {
  const clock = new ZonedClock(timeZone);
  return `users-activity_${clock.day(interval.from)}_${clock.day(Math.max(interval.from, interval.to - 1))}.csv`;
}
