/** The columns of the CSV that each client fetches. */
export const CSV_COLUMNS: ('date' | 'activityCode' | 'comment')[] = ['date', 'activityCode', 'comment'];

/** What each client prints: the report page by page, and as CSV. */
export interface FetchedReport {
  readonly rows: readonly { readonly activity: string; readonly at: string }[];
  readonly csv: string;
}

/** Runs a client with the URL and the token from the command line, and prints the report that it fetched. */
export async function printReport(fetchReport: (url: string, token: string) => Promise<FetchedReport>): Promise<void> {
  const [url = '', token = ''] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await fetchReport(url, token)));
}
