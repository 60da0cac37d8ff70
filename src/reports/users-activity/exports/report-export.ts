import { StreamableFile } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import { ZonedClock } from '../../../lib/time/zoned-time';
import { EXPORT_TYPES, type ExportFormat } from '../formats/export-format';

/** A response that streams a report as a file. */
export class ReportExport extends StreamableFile {
  constructor(
    stream: Readable,
    filter: ActivityFilter,
    format: ExportFormat,
    /** The coding of the stream; undefined if it is not compressed. */
    readonly encoding: 'gzip' | undefined,
  ) {
    super(stream, {
      type: EXPORT_TYPES[format],
      disposition: `attachment; filename="${fileNameOf(filter)}.${format}"`,
    });
    this.timeZone = filter.timeZone;
  }

  /** The IANA time zone of the times. Sent in a header, because the rows of a CSV do not contain it. */
  readonly timeZone: string;
}

/** Returns a file name with the first and the last day of the interval. */
function fileNameOf({ interval, timeZone }: ActivityFilter): string {
  const clock = ZonedClock.of(timeZone);
  return `users-activity_${clock.day(interval.from)}_${clock.day(Math.max(interval.from, interval.to - 1))}`;
}
