import { Injectable } from '@nestjs/common';
import { Privilege } from '../access/privileges/privilege';
import { RequestContext } from '../context/request-context';
import type { ReportDescription, ReportsCenter } from './reports.dto';
import { CSV_HEADINGS } from './users-activity/activity-row';

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

/** The Reports center. */
@Injectable()
export class ReportsService {
  constructor(private readonly context: RequestContext) {}

  list(): ReportsCenter {
    const { privileges } = this.context.actor;
    const open = REPORTS.filter(({ privilege }) => privileges.has(privilege));
    return { data: open.map(({ privilege: _, ...report }) => report) };
  }
}
