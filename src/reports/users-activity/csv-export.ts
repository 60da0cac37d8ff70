import { StreamableFile } from '@nestjs/common';
import { format } from 'fast-csv';
import { pipeline, Readable } from 'node:stream';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { ActivityFilter } from './activity-filter';
import type { ReportedActivity } from './activity.reader';
import { CSV_HEADINGS, csvRow } from './csv-row';

/** A report as a CSV file that is written while it is sent. */
export class CsvExport extends StreamableFile {
  constructor(
    stream: Readable,
    /** Named in a response header, because the rows don't say it. */
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
 * Streams a report as RFC 4180: CRLF after every line, UTF-8. Pulls the next batch when the client has taken the one
 * before; a client that leaves ends the reading, and a read that fails breaks the connection.
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
  // The reader of the lines gets the error; `pipeline` takes a callback all the same.
  pipeline(Readable.from(csvRows(batches, filter.timeZone, catalogue)), lines, () => undefined);
  return new CsvExport(lines, filter.timeZone, fileName(filter));
}

async function* csvRows(batches: AsyncIterable<ReportedActivity[]>, timeZone: string, catalogue: AccountCatalogue) {
  const clock = new ZonedClock(timeZone);
  for await (const batch of batches) for (const activity of batch) yield csvRow(activity, clock, catalogue);
}

/** With the first and the last day of the interval. */
function fileName({ interval, timeZone }: ActivityFilter): string {
  const clock = new ZonedClock(timeZone);
  return `users-activity_${clock.day(interval.from)}_${clock.day(Math.max(interval.from, interval.to - 1))}.csv`;
}
