/** An error in one field of a request. */
export class FieldProblemView {
  /**
   * The invalid field. In the body, it is a JSON pointer (RFC 6901) such as `/timeZone` or `/records/17/amount`; an empty
   * pointer stands for the whole body. Otherwise, it is the name of the query parameter, path parameter or header.
   * @example "/timeZone"
   */
  field: string;

  /**
   * The code of the rule that the field breaks. It never changes.
   * @example "time_zone_unknown"
   */
  code: string;

  /**
   * What is wrong, in words for people. The text may change.
   * @example "timeZone must be an IANA time zone such as Europe/Bucharest."
   */
  message: string;
}

/** The reason why a request was refused, as RFC 9457 problem details. */
export class ProblemDetails {
  /**
   * A URI that identifies the problem: `urn:problem:` and the code.
   * @example "urn:problem:time_zone_unknown"
   */
  type: string;

  /**
   * The reason phrase of the HTTP status.
   * @example "Bad Request"
   */
  title: string;

  /**
   * The HTTP status code.
   * @example 400
   */
  status: number;

  /**
   * The code of the problem. It never changes, so use it to decide what your program does.
   * @example "time_zone_unknown"
   */
  code: string;

  /**
   * What is wrong, in words for people. The text may change.
   * @example "timeZone must be an IANA time zone such as Europe/Bucharest."
   */
  detail: string;

  /**
   * The path of the request, without its query.
   * @example "/v1/reports/users-activity"
   */
  instance: string;

  /**
   * The id of the request, as in the service's log and in the activity record.
   * @example "01KAM9W3M8Q6XK2T1N9B7C5D4E"
   */
  requestId: string;

  /** The invalid fields, each with the first rule that it breaks: at most 20000. */
  errors?: FieldProblemView[];
}
