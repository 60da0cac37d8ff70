import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import type { RefundWithLines } from '../../control-panel/sales/refunds.repository';
import { createKeyedId } from '../../lib/time-ordered-id';
import { succeeded } from '../accounts/demo-record';
import { createOrder } from './create-order';
import { refundFields } from './demo-refunds';
import type { DemoShop } from './demo-shop';
import { SARA, SARAS_CARD } from './demo-shoppers';

const [ORDER_REFERENCE, SUBSCRIPTION_REFERENCE] = ['1234567', 'ABCD123'];
const PLACED_AT = new Date('2014-06-02T18:20:11+03:00');
const REQUESTED_AT = new Date('2014-06-10T11:31:20+03:00');
const CANCELED_AT = new Date('2014-06-10T11:46:01+03:00');
/** The id of the record that the report's documentation shows. The contract's examples have it. */
export const DOCUMENTED_RECORD_ID = createKeyedId(CANCELED_AT, 'seed');
const PROCESS_AT = new Date('2014-06-10T12:01:20+03:00');
const PRICE = 5000;
const COMMENT = 'Customer request';

/**
 * Creates the order that the report's documentation shows, and the record of the refund that was canceled. The shopper
 * had placed it in the web shop, and asked for the refund there, so it has no other records.
 */
export function createDocumentedOrder(shop: DemoShop): { readonly record: RecordedAction; readonly canceledAt: Date } {
  const order = createOrder(shop, {
    reference: ORDER_REFERENCE,
    at: PLACED_AT,
    items: [{ product: { ...shop.catalog.get('ANTIVIRUS-1Y'), price: PRICE }, quantity: 1 }],
    shopper: SARA,
    card: { ...SARAS_CARD, expires: '2015-12' },
    comment: null,
    createReference: () => SUBSCRIPTION_REFERENCE,
  });
  for (const subscription of order.subscriptions) subscription.renewal = 'stopped';
  const refundId = createKeyedId(REQUESTED_AT, `refund ${ORDER_REFERENCE}`);
  const refund: RefundWithLines = {
    id: refundId,
    orderId: order.order.id,
    status: 'canceled',
    requestedAmount: PRICE,
    fee: 0,
    reason: 'shopper_request',
    comment: COMMENT,
    requestedAt: REQUESTED_AT,
    processAt: PROCESS_AT,
    lines: [{ refundId, position: 1, quantity: 1 }],
  };
  order.refunds.push(refund);
  shop.add(order, { isUntouched: true });
  const fields = { ...refundFields(refund, order), comment: COMMENT };
  const record = { ...succeeded(ActivityType.RefundCanceled, fields), id: DOCUMENTED_RECORD_ID };
  return { record, canceledAt: CANCELED_AT };
}
