/** What was recorded. */
export class RecordedPageViews {
  /**
   * How many views.
   * @example 1
   */
  recorded: number;
}
