import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import type { DemoJob } from '../accounts/demo-accounts';
import { denied, succeeded } from '../accounts/demo-record';
import type { ShopOrder } from '../shop/demo-shop';
import type { DemoWorld } from './demo-world';

/** The path and the title of a page, as a frontend sends them. */
type Page = readonly [path: string, title: string];

const DASHBOARD: Page = ['/', 'Dashboard'];
const REPORTS: Page = ['/reports', 'Reports center'];
const LISTS: readonly Page[] = [
  ['/orders', 'Orders'],
  ['/orders', 'Orders'],
  ['/subscriptions', 'Subscriptions'],
  ['/products', 'Products'],
  ['/email-templates', 'Email templates'],
];
const ADMINISTRATION: readonly Page[] = [
  ['/settings/users', 'Users'],
  ['/settings/roles', 'Roles'],
  ['/settings/api-keys', 'API keys'],
  ['/settings/account', 'Account settings'],
];
/** Representatives mostly look at one of the newest orders. */
const NEWEST = 60;

/** Records a page that a user with this job looks at. */
export function viewPage(world: DemoWorld, job: DemoJob): RecordedAction {
  const [page, comment] = pickPage(world, job);
  return succeeded(ActivityType.PageAccessed, { page, comment });
}

/** Records that a user opened a page of the service without the privilege for it. */
export function viewForbiddenPage(job: DemoJob): RecordedAction {
  return denied(ActivityType.PageAccessed, { page: job === 'auditor' ? 'Orders' : 'Users' });
}

function pickPage({ random, shop }: DemoWorld, job: DemoJob): Page {
  if (random.chance(0.15)) return DASHBOARD;
  if (job === 'auditor' || (job === 'manager' && random.chance(0.3))) return REPORTS;
  if (job === 'manager' && random.chance(0.4)) return random.pick(ADMINISTRATION);
  const newest = shop.orders.slice(-NEWEST);
  if (newest.length === 0 || random.chance(0.3)) return random.pick(LISTS);
  return random.pick(pagesOf(random.pick(newest)));
}

function pagesOf({ order: { reference }, invoice, subscriptions }: ShopOrder): Page[] {
  return [
    [`/orders/${reference}`, `Order ${reference}`],
    ...(invoice ? [[`/orders/${reference}/invoice`, `Invoice ${invoice.number}`] as const] : []),
    ...subscriptions.map((one) => [`/subscriptions/${one.reference}`, `Subscription ${one.reference}`] as const),
  ];
}
