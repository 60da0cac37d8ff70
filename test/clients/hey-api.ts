import {
  reportsUsersActivity,
  reportsUsersActivityCsv,
  type ReportsUsersActivityData,
} from '../../var/clients/hey-api';
import { client } from '../../var/clients/hey-api/client.gen';
import { CSV_COLUMNS, printReport, type FetchedReport } from './fetched-report';

/** Fetches the report with the client that @hey-api/openapi-ts generates. */
async function fetchReport(url: string, token: string): Promise<FetchedReport> {
  client.setConfig({ baseUrl: url, auth: token });
  const query: ReportsUsersActivityData['query'] = { activity: ['user.login', 'role.created'], limit: 1 };
  const first = await fetchPage(query);
  const second = await fetchPage({ ...query, cursor: first.nextCursor! });
  const rows = [...first.data, ...second.data].map(({ activity, occurredAt }) => ({
    activity: activity.code,
    at: occurredAt,
  }));
  const { data: csv } = await reportsUsersActivityCsv({ query: { columns: CSV_COLUMNS }, throwOnError: true });
  return { rows, csv };
}

async function fetchPage(query: ReportsUsersActivityData['query']) {
  const { data } = await reportsUsersActivity({ query, throwOnError: true });
  return data;
}

void printReport(fetchReport);
