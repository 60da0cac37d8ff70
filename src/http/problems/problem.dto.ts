/** What is wrong with one field. */
export class FieldProblemView {
  /**
   * Where it is: in the body a JSON pointer (RFC 6901) such as `/timeZone` or `/records/17/amount`, which is empty for the body as a
   * whole; otherwise the plain name of the query parameter, the path parameter or the header.
   * @example "/timeZone"
   */
  field: string;

  /**
   * Stable code of the rule that it breaks.
   * @example "time_zone_unknown"
   */
  code: string;

  /**
   * What it may be, for a person.
   * @example "timeZone must be an IANA time zone such as Europe/Bucharest."
   */
  message: string;
}

/** Why a request was refused: RFC 9457 problem details. */
export class ProblemDetails {
  /**
   * The kind of problem as a URI.
   * @example "urn:problem:time_zone_unknown"
   */
  type: string;

  /**
   * The HTTP status in words.
   * @example "Bad Request"
   */
  title: string;

  /**
   * The HTTP status.
   * @example 400
   */
  status: number;

  /**
   * Stable code of the problem; branch on this one.
   * @example "time_zone_unknown"
   */
  code: string;

  /**
   * What happened, for a person; may change.
   * @example "timeZone must be an IANA time zone such as Europe/Bucharest."
   */
  detail: string;

  /**
   * The address that was asked.
   * @example "/v1/reports/users-activity"
   */
  instance: string;

  /**
   * The request, as the log and the activity record know it.
   * @example "01KAM9W3M8Q6XK2T1N9B7C5D4E"
   */
  requestId: string;

  /** Each field that is wrong, with its first fault; at most 20000. */
  errors?: FieldProblemView[];
}
