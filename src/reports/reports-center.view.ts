import { Privilege } from '../access/privileges/privilege';
import { CSV_HEADINGS } from './users-activity/csv-row';

/** A report of the Reports center. */
export class ReportDescription {
  /**
   * Stable code.
   * @example "users-activity"
   */
  code: string;

  /**
   * What a person calls it.
   * @example "Users activity"
   */
  name: string;

  /**
   * What it tells.
   * @example "Who did what, when, to which order or subscription, for how much."
   */
  description: string;

  /**
   * Where it is built.
   * @example "/v1/reports/users-activity"
   */
  href: string;

  /**
   * Headings of the CSV, in order.
   * @example ["Date", "User name", "Activity"]
   */
  columns: string[];

  /**
   * Media types that it comes in.
   * @example ["application/json", "text/csv"]
   */
  formats: string[];
}

/** The reports that the signed-in user may build. */
export class ReportsCenter {
  /** The reports. */
  data: ReportDescription[];
}

/** Every report, and the privilege that it needs. */
const REPORTS: readonly (ReportDescription & { readonly privilege: Privilege })[] = [
  {
    privilege: Privilege.UsersActivity,
    code: 'users-activity',
    name: 'Users activity',
    description: 'Who did what, when, to which order or subscription, for how much.',
    href: '/v1/reports/users-activity',
    columns: CSV_HEADINGS,
    formats: ['application/json', 'text/csv'],
  },
];

/** Shows the reports that the privileges allow. */
export function reportsCenter(privileges: ReadonlySet<string>): ReportsCenter {
  const allowed = REPORTS.filter(({ privilege }) => privileges.has(privilege));
  return { data: allowed.map(({ privilege: _, ...report }) => report) };
}
