/** The result of recording page views. */
export class RecordedPageViews {
  /**
   * The number of page views that were recorded.
   * @example 1
   */
  recorded: number;
}
