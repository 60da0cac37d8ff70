import {
  reportsUsersActivity,
  reportsUsersActivityCsv,
  type ReportsUsersActivityParams,
} from '../../var/clients/orval/api';
import { CSV_COLUMNS, printReport, type FetchedReport } from './fetched-report';
import { setService } from './orval-fetch';

/** Fetches the report with the client that orval generates. */
async function fetchReport(url: string, token: string): Promise<FetchedReport> {
  setService(url, token);
  const query: ReportsUsersActivityParams = { activity: ['user.login', 'role.created'], limit: 1 };
  const first = await fetchPage(query);
  const second = await fetchPage({ ...query, cursor: first.nextCursor! });
  const rows = [...first.data, ...second.data].map(({ activity, occurredAt }) => ({
    activity: activity.code,
    at: occurredAt,
  }));
  const { data: csv, status } = await reportsUsersActivityCsv({ columns: CSV_COLUMNS });
  if (status !== 200) throw new Error(`The status is ${status}.`);
  return { rows, csv };
}

async function fetchPage(query: ReportsUsersActivityParams) {
  const { data, status } = await reportsUsersActivity(query);
  if (status !== 200) throw new Error(`The status is ${status}.`);
  return data;
}

void printReport(fetchReport);
