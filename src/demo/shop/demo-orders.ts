import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import type { BasketItem } from '../../control-panel/orders/order-basket';
import { orderReferenceOf } from '../../control-panel/orders/order-factory';
import type { TemplateReference } from '../../control-panel/shopper-mails/shopper-mails';
import type { SeededRandom } from '../../lib/seeded-random';
import { createKeyedId } from '../../lib/time-ordered-id';
import { failed, succeeded } from '../accounts/demo-record';
import { createOrder } from './create-order';
import { commentField, pickComment } from './demo-comments';
import type { DemoShop, ShopOrder } from './demo-shop';
import { createCard, pickShopper, SARA, SARAS_CARD } from './demo-shoppers';

/** The characters of the references of subscriptions. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** Places the demo's orders, and sends their invoices. */
export class DemoOrders {
  constructor(
    private readonly shop: DemoShop,
    private readonly random: SeededRandom,
  ) {}

  /** Places an order of a random shopper. The payment of a few orders is pending, and then declined. */
  place(at: Date): RecordedAction {
    const { random, shop } = this;
    const isDeclinedLater = random.chance(0.02);
    const order = createOrder(shop, {
      reference: this.nextReference(),
      at,
      items: this.pickItems(),
      shopper: pickShopper(random),
      card: createCard(random, at),
      comment: pickComment(random) ?? null,
      createReference: () => random.letters(4, LETTERS) + random.letters(4, DIGITS) + random.letters(2, LETTERS),
      isDeclinedLater,
    });
    shop.add(order);
    return recordOf(order);
  }

  /** Places the order that the contract's examples use. */
  placeExample(at: Date): RecordedAction {
    const items = [{ product: this.shop.catalog.get('ANTIVIRUS-1Y'), quantity: 1 }];
    const order = createOrder(this.shop, {
      reference: this.nextReference(),
      at,
      items,
      shopper: SARA,
      card: SARAS_CARD,
      comment: 'Ordered by phone',
      createReference: () => 'ABCD1234EF',
    });
    this.shop.add(order, { isUntouched: true });
    return recordOf(order);
  }

  /** Tries to place an order with a card that is declined at once. */
  placeDeclined(): RecordedAction {
    return failed(ActivityType.OrderPlaced, 'payment_declined', commentField(pickComment(this.random)));
  }

  /**
   * Sends the invoice of an order to its shopper.
   * @param findTemplate returns the active template of invoices that fits a language best
   */
  sendInvoice(at: Date, findTemplate: (language: string | null) => TemplateReference): RecordedAction | undefined {
    const { random } = this;
    const found = random.pickWhere(this.shop.orders, ({ invoice }) => invoice !== undefined);
    if (!found?.invoice) return undefined;
    const { shopperEmail: recipient, shopperLanguage, reference } = found.order;
    const mailId = createKeyedId(at, `invoice ${reference}`);
    const details = { invoiceNumber: found.invoice.number, recipient, mailId, template: findTemplate(shopperLanguage) };
    return succeeded(ActivityType.InvoiceSent, {
      orderReference: reference,
      ...commentField(pickComment(random)),
      details,
    });
  }

  /** Tries to send the invoice of an order that was not paid. */
  sendMissingInvoice(): RecordedAction | undefined {
    const found = this.random.pickWhere(this.shop.orders, ({ invoice }) => invoice === undefined);
    return found && failed(ActivityType.InvoiceSent, 'invoice_not_found', { orderReference: found.order.reference });
  }

  private nextReference(): string {
    return orderReferenceOf(this.shop.nextNumber('order'));
  }

  /** Picks one product, often one unit of it; sometimes with a second product in the same currency. */
  private pickItems(): BasketItem[] {
    const { random } = this;
    const { products } = this.shop.catalog;
    const product = random.pick(products);
    const first = { product, quantity: random.chance(0.85) ? 1 : 2 + random.integerBelow(9) };
    const other = random.chance(0.15)
      ? random.pickWhere(products, ({ id, currency }) => id !== product.id && currency === product.currency)
      : undefined;
    return other ? [first, { product: other, quantity: 1 }] : [first];
  }
}

/** Returns the record of a placed order. It names a subscription only if the order started exactly one. */
function recordOf({ order, invoice, subscriptions }: ShopOrder): RecordedAction {
  const [only, another] = subscriptions;
  return succeeded(ActivityType.OrderPlaced, {
    orderReference: order.reference,
    amount: order.total,
    currency: order.currency,
    ...(only && !another && { subscriptionReference: only.reference, billingCycles: 1 }),
    ...commentField(order.comment),
    details: {
      shopperEmail: order.shopperEmail,
      payment: invoice ? 'captured' : 'pending',
      ...(invoice && { invoiceNumber: invoice.number }),
      subscriptionReferences: subscriptions.map(({ reference }) => reference),
    },
  });
}
