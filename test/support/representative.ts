import type { Person } from './person';
import { buildOrder } from './shop';

/** An order or a subscription, or its reference. */
interface Referenced {
  readonly reference: string;
}

/**
 * A support representative. Each method sends one request, checks the status of the response and returns its body. A
 * test that expects a refusal passes the expected status.
 */
export class Representative {
  constructor(readonly person: Person) {}

  async placesOrder(order: object = buildOrder('ONCE'), status = 201) {
    return (await this.person.post('/v1/orders', order).expect(status)).body;
  }

  async seesOrder({ reference }: Referenced, status = 200) {
    return (await this.person.get(`/v1/orders/${reference}`).expect(status)).body;
  }

  async sendsInvoice({ reference }: Referenced, request?: object, status = 202) {
    return (await this.person.post(`/v1/orders/${reference}/invoice/send`, request).expect(status)).body;
  }

  /** Requests a refund, by default of the whole remaining amount. */
  async requestsRefund(order: string, request: object = {}, status = 201) {
    const body = { reason: 'shopper_request', ...request };
    return (await this.person.post(`/v1/orders/${order}/refund`, body).expect(status)).body;
  }

  async cancelsRefund(order: string, request?: object, status = 200) {
    return (await this.person.post(`/v1/orders/${order}/refund/cancel`, request).expect(status)).body;
  }

  async seesRefunds(order: string): Promise<Record<string, unknown>[]> {
    return (await this.person.get(`/v1/orders/${order}/refunds`).expect(200)).body.data;
  }

  async seesSubscription({ reference }: Referenced, status = 200) {
    return (await this.person.get(`/v1/subscriptions/${reference}`).expect(status)).body;
  }

  cancels(subscription: Referenced, request: object = {}, status = 200) {
    return this.acts(subscription, 'cancel', { reason: 'other', ...request }, status);
  }

  extends(subscription: Referenced, days: number, status = 200) {
    return this.acts(subscription, 'extend', { days }, status);
  }

  upgrades(subscription: Referenced, { code }: { readonly code: string }, status = 200) {
    return this.acts(subscription, 'upgrade', { productCode: code }, status);
  }

  async setsRenewalPrice({ reference }: Referenced, price: object, status = 200) {
    return (await this.person.put(`/v1/subscriptions/${reference}/renewal/price`, price).expect(status)).body;
  }

  async changesCard({ reference }: Referenced, card: object, status = 200) {
    return (await this.person.put(`/v1/subscriptions/${reference}/payment-method`, card).expect(status)).body;
  }

  private async acts({ reference }: Referenced, action: string, request: object, status: number) {
    return (await this.person.post(`/v1/subscriptions/${reference}/${action}`, request).expect(status)).body;
  }
}
