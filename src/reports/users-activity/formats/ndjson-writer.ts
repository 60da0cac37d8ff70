import { presentActivity } from '../../../activities/rows/present-activity';
import type { ReportedActivity } from '../../../activities/rows/reported-activity';
import type { ActivityCode } from '../../../audit/catalogue/activity-code';
import type { Outcome } from '../../../audit/catalogue/activity-type';
import type { ColumnValues } from '../../../database/sources/read-connection';
import type { ZonedClock } from '../../../lib/time/zoned-time';
import type { ByteWriter } from './byte-writer';
import { placeOf } from './record-columns';
import type { Labels } from './report-columns';

/** Writes rows of the report as lines of JSON, exactly as they are in `data` of the JSON report. */
export class NdjsonWriter {
  readonly head = '';
  readonly tail = '';

  constructor(
    private readonly clock: ZonedClock,
    private readonly labels: Labels,
  ) {}

  write(rows: readonly ColumnValues[], _: number, bytes: ByteWriter): void {
    const labelOf = (code: string) => this.labels[code] ?? code;
    for (const row of rows) {
      const line = JSON.stringify(presentActivity(activityOf(row), this.clock, labelOf));
      bytes.writeText(`${line}\n`);
    }
  }
}

/** Returns a row as the properties of its record. */
function activityOf(row: ColumnValues): ReportedActivity {
  const textAt = (place: number) => row[place] as string | null;
  const numberAt = (place: number) => (row[place] === null ? null : Number(row[place]));
  return {
    id: row[0] as string,
    userName: row[1] as string,
    activity: row[2] as ActivityCode,
    outcome: row[3] as Outcome,
    subscriptionReference: textAt(4),
    orderReference: textAt(5),
    amount: numberAt(6),
    currency: textAt(7),
    billingCycles: numberAt(8),
    comment: textAt(9),
    page: textAt(10),
    userId: textAt(placeOf('user_id')),
    userEmail: textAt(placeOf('user_email')),
    ipAddress: textAt(placeOf('ip_address')),
    userAgent: textAt(placeOf('user_agent')),
    requestId: textAt(placeOf('request_id')),
    sentBy: textAt(placeOf('sent_by')),
    details: textAt(placeOf('details')),
  };
}
