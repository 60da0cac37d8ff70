import { ActivityRow } from '../../activities/rows/activity-row.view';
import { presentActivity } from '../../activities/rows/present-activity';
import type { ReportedActivity } from '../../activities/rows/reported-activity';
import type { AccountCatalogue } from '../../audit/catalogue/activity-catalogue';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';

/** A recorded activity, as a row of the report shows it. */
export class RecordedActivity extends ActivityRow {
  /**
   * The IANA name of the time zone of `occurredAt`.
   * @example "Europe/Bucharest"
   */
  timeZone: string;
}

/** Shows an activity with its time in the given time zone. */
export function recordedActivity(
  activity: ReportedActivity,
  timeZone: TimeZone,
  catalogue: AccountCatalogue,
): RecordedActivity {
  return { ...presentActivity(activity, ZonedClock.of(timeZone), (code) => catalogue.labelOf(code)), timeZone };
}
