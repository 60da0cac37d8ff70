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
