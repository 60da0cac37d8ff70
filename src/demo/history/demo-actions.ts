import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import { formatAmount } from '../../lib/money';
import { createKeyedId } from '../../lib/time-ordered-id';
import type { DemoJob, DemoUser } from '../accounts/demo-accounts';
import { denied, failed, succeeded } from '../accounts/demo-record';
import { DOCUMENTED_RECORD_ID } from '../shop/documented-order';
import type { DemoWorld } from './demo-world';
import { viewForbiddenPage, viewPage } from './page-views';
import { readFeed, readForbiddenReport, readReport, summarizeReport } from './report-readings';

/** Does something in the demo's world, and returns its record; undefined if nothing is there to do it with. */
type Perform = (world: DemoWorld, at: Date, user: DemoUser) => RecordedAction | undefined;

/** An action of demo users: how often it happens, and what it does. */
export interface DemoAction {
  readonly weight: number;
  readonly perform: Perform;
}

const BROWSERS = ['Firefox', 'Chrome', 'Safari'];

const COMMON_ACTIONS: readonly DemoAction[] = [
  { weight: 0.2, perform: endSession },
  {
    weight: 0.05,
    perform: (_world, _at, { id: userId }) =>
      succeeded(ActivityType.PasswordChanged, { details: { userId, revokeApiKeys: false } }),
  },
  { weight: 0.05, perform: (_world, _at, user) => attemptPasswordChange(user) },
];
const EMAIL_EDITOR_ACTIONS: readonly DemoAction[] = [
  { weight: 0.1, perform: ({ templates }, at, user) => templates.create(at, user) },
  { weight: 0.6, perform: ({ templates }, at, user) => templates.update(at, user) },
  { weight: 1, perform: ({ templates }) => templates.preview() },
  { weight: 0.6, perform: ({ templates }, at, user) => templates.sendTest(at, user) },
  { weight: 0.2, perform: ({ templates }, at) => templates.activate(at) },
  { weight: 0.1, perform: ({ templates }, at) => templates.delete(at) },
  { weight: 0.1, perform: ({ templates }) => templates.restore() },
  { weight: 0.05, perform: ({ templates }) => templates.updateOutdated() },
];
const REPORT_ACTIONS: readonly DemoAction[] = [
  { weight: 8, perform: (world, at) => readReport(world, at, 'built') },
  { weight: 3, perform: (world, at) => readReport(world, at, 'exported') },
  { weight: 1, perform: summarizeReport },
  { weight: 1, perform: viewDocumentedRecord },
];

/** What users do between their login and their logout, by their job. */
export const DEMO_ACTIONS: Readonly<Record<DemoJob, readonly DemoAction[]>> = {
  support: [
    { weight: 60, perform: (world) => viewPage(world, 'support') },
    ...COMMON_ACTIONS,
    ...EMAIL_EDITOR_ACTIONS,
    { weight: 9, perform: ({ orders }, at) => orders.place(at) },
    { weight: 0.3, perform: ({ orders }) => orders.placeDeclined() },
    { weight: 5, perform: ({ refunds }, at) => refunds.request(at) },
    { weight: 3, perform: ({ refunds }, at) => refunds.cancel(at) },
    { weight: 0.15, perform: ({ refunds }, at) => refunds.requestTooMuch(at) },
    { weight: 0.15, perform: ({ refunds }, at) => refunds.cancelTooLate(at) },
    { weight: 5, perform: sendInvoice },
    { weight: 0.1, perform: ({ orders }) => orders.sendMissingInvoice() },
    { weight: 2, perform: ({ subscriptions }, at) => subscriptions.upgrade(at) },
    { weight: 3, perform: ({ subscriptions }, at) => subscriptions.cancel(at) },
    { weight: 2, perform: ({ subscriptions }, at) => subscriptions.enable(at) },
    { weight: 2, perform: ({ subscriptions }, at) => subscriptions.setPrice(at) },
    { weight: 2, perform: ({ subscriptions }, at) => subscriptions.extend(at) },
    { weight: 2, perform: ({ subscriptions }, at) => subscriptions.stopRenewal(at) },
    { weight: 2, perform: ({ subscriptions }, at) => subscriptions.enableRenewal(at) },
    { weight: 2, perform: ({ subscriptions }, at) => subscriptions.changeCard(at) },
    { weight: 0.6, perform: ({ subscriptions }, at) => subscriptions.attemptRefusedAction(at) },
    { weight: 0.3, perform: readForbiddenReport },
    { weight: 0.3, perform: () => viewForbiddenPage('support') },
  ],
  manager: [
    { weight: 60, perform: (world) => viewPage(world, 'manager') },
    ...COMMON_ACTIONS,
    ...EMAIL_EDITOR_ACTIONS,
    ...REPORT_ACTIONS,
    { weight: 0.6, perform: ({ colleagues }, at) => colleagues.create(at) },
    { weight: 0.1, perform: ({ colleagues }) => colleagues.createAgain() },
    { weight: 0.4, perform: ({ colleagues }, at) => colleagues.invite(at) },
    { weight: 1, perform: ({ colleagues }) => colleagues.update() },
    { weight: 0.4, perform: ({ colleagues }, at) => colleagues.disable(at) },
    { weight: 0.5, perform: ({ roles }, at) => roles.create(at) },
    { weight: 0.8, perform: ({ roles }) => roles.update() },
    { weight: 0.4, perform: ({ roles }) => roles.delete() },
    { weight: 0.1, perform: ({ roles }) => roles.deleteUsed() },
    { weight: 0.4, perform: ({ apiKeys }, at) => apiKeys.create(at) },
    { weight: 0.3, perform: ({ apiKeys }, at) => apiKeys.revoke(at) },
    { weight: 0.1, perform: ({ apiKeys }) => apiKeys.createAgain() },
    { weight: 0.5, perform: ({ settings }) => settings.setRetention() },
    { weight: 0.2, perform: ({ settings }, at) => settings.createType(at) },
    { weight: 0.3, perform: ({ settings }) => settings.updateType() },
    { weight: 0.1, perform: ({ settings }) => settings.createTypeAgain() },
    { weight: 0.3, perform: addProduct },
    { weight: 0.5, perform: readFeed },
  ],
  auditor: [
    { weight: 60, perform: (world) => viewPage(world, 'auditor') },
    ...COMMON_ACTIONS,
    ...REPORT_ACTIONS,
    { weight: 0.4, perform: () => viewForbiddenPage('auditor') },
    { weight: 0.2, perform: attemptRefund },
  ],
};

function endSession({ random }: DemoWorld, at: Date, { id }: DemoUser): RecordedAction {
  const comment = `203.0.113.${random.integerBelow(99)}, ${random.pick(BROWSERS)}`;
  return succeeded(ActivityType.SessionEnded, { comment, details: { sessionId: createKeyedId(at, `session ${id}`) } });
}

function attemptPasswordChange({ id: userId }: DemoUser): RecordedAction {
  return failed(ActivityType.PasswordChanged, 'password_wrong', { details: { userId, revokeApiKeys: false } });
}

function sendInvoice({ orders, templates }: DemoWorld, at: Date): RecordedAction | undefined {
  return orders.sendInvoice(at, (language) => templates.findInvoiceTemplate(language));
}

function addProduct({ shop }: DemoWorld, at: Date): RecordedAction | undefined {
  const product = shop.catalog.addProduct(at);
  if (!product) return undefined;
  const { code, name, currency, billingCycleMonths } = product;
  const [price, nonRefundableFee] = [product.price, product.nonRefundableFee].map((amount) =>
    formatAmount(amount, currency),
  );
  const details = { code, name, price, nonRefundableFee, currency, billingCycleMonths, upgradeOf: [] };
  return succeeded(ActivityType.ProductCreated, { comment: `${code}: ${name}`, details });
}

function viewDocumentedRecord(): RecordedAction {
  return succeeded(ActivityType.ActivityViewed, { details: { activityId: DOCUMENTED_RECORD_ID } });
}

/** Records that a user without the privilege tried to refund an order. */
function attemptRefund({ random, shop }: DemoWorld): RecordedAction | undefined {
  const found = random.pickWhere(shop.orders, ({ invoice }) => invoice !== undefined);
  return found && denied(ActivityType.RefundRequested, { orderReference: found.order.reference });
}
