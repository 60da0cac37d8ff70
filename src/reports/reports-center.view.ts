import { Privilege } from '../access/privileges/privilege';
import { DEFAULT_HEADINGS } from './users-activity/formats/report-columns';
import { MEDIA_TYPES } from './users-activity/report-format';

/** A report in the Reports center. */
export class ReportDescription {
  /**
   * The report's code. It never changes.
   * @example "users-activity"
   */
  code: string;

  /**
   * The report's name for people.
   * @example "Users activity"
   */
  name: string;

  /**
   * What the report contains.
   * @example "Who did what, when, to which order or subscription, and for how much."
   */
  description: string;

  /**
   * The path of the request that builds the report.
   * @example "/v1/reports/users-activity"
   */
  href: string;

  /**
   * The column headings of the CSV, in order.
   * @example ["Date", "User name", "Activity", "Subscription reference", "Order reference", "Price/Amount", "Currency", "Billing cycles", "Comment"]
   */
  columns: string[];

  /**
   * The media types that the report is available in.
   * @example ["application/json", "text/csv", "application/x-ndjson", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
   */
  formats: string[];
}

/** The reports that the signed-in user can build. */
export class ReportsCenter {
  /** The reports, in the order of the Reports center. */
  data: ReportDescription[];
}

/** All reports, each with the privilege that it requires. */
const REPORTS: readonly (ReportDescription & { readonly privilege: Privilege })[] = [
  {
    privilege: Privilege.UsersActivity,
    code: 'users-activity',
    name: 'Users activity',
    description: 'Who did what, when, to which order or subscription, and for how much.',
    href: '/v1/reports/users-activity',
    columns: DEFAULT_HEADINGS,
    formats: MEDIA_TYPES,
  },
];

/** Shows the reports that the given privileges allow. */
export function reportsCenter(privileges: ReadonlySet<string>): ReportsCenter {
  const allowed = REPORTS.filter(({ privilege }) => privileges.has(privilege));
  return { data: allowed.map(({ privilege: _, ...report }) => report) };
}
