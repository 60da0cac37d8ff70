import { OutgoingMail } from '../../src/mail/outgoing-mail.entity';
import { makeKey, type MadeKey } from './api-keys';
import { buildTemplate, TEMPLATES } from './email-templates';
import { tokenIn } from './invitations';
import { invoicedOrder } from './invoiced-orders';
import type { Person } from './person';
import { FIRST_PASSWORD, type Service } from './service';
import { offer, subscribe, type SubscriptionFields } from './subscriptions';

const DAY = 24 * 60 * 60_000;

/**
 * An account that creates the objects of requests on demand. All of its texts, except for ids and codes, contain the
 * account's word, so that a test can detect them in another account.
 */
export class TestAccount {
  private sequence = 0;
  private activityCode: string | undefined;

  private constructor(
    readonly service: Service,
    readonly word: string,
    readonly manager: Person,
    /** The code of a product of this account. */
    readonly productCode: string,
    /** The code of a product to which subscriptions can be upgraded. */
    readonly upgradeCode: string,
    private readonly product: Awaited<ReturnType<typeof offer>>,
    /** Email address of a user who only logs in. */
    readonly visitor: string,
  ) {}

  static async open(service: Service, word: string): Promise<TestAccount> {
    const manager = await service.newManager(`manager@${word}.example`, 'Europe/Bucharest', `Manager of ${word}`);
    const product = await offer(service, manager, { name: `${word} basic` });
    const upgrade = await offer(service, manager, { name: `${word} pro`, price: 5000 }, product);
    const visitor = `visitor@${word}.example`;
    await service.newUser(manager, visitor, `Visitor of ${word}`);
    return new TestAccount(service, word, manager, product.code, upgrade.code, product, visitor);
  }

  /** Returns a new text of this account. */
  newName(what: string): string {
    return `${what} ${++this.sequence} of ${this.word}`;
  }

  newEmail(): string {
    return `user${++this.sequence}@${this.word}.example`;
  }

  async newRole(privileges: readonly string[] = []): Promise<{ readonly id: string; readonly version: number }> {
    const { body } = await this.manager.post('/v1/roles', { name: this.newName('Role'), privileges }).expect(201);
    return body;
  }

  /** Creates a user, who is invited or has a password that must be changed first. */
  async newUser(
    roleIds: readonly string[] = [],
    isInvited = false,
  ): Promise<{ readonly id: string; readonly email: string; readonly version: number }> {
    const request = { email: this.newEmail(), name: this.newName('User'), roleIds };
    const password = isInvited ? {} : { password: FIRST_PASSWORD };
    const { body } = await this.manager.post('/v1/users', { ...request, ...password }).expect(201);
    return body;
  }

  /** Returns the token of an unused invitation. */
  async newInvitation(): Promise<string> {
    const { email } = await this.newUser([], true);
    const { text } = await this.service.writeSource.manager.findOneByOrFail(OutgoingMail, { recipient: email });
    return tokenIn(text);
  }

  newKey(privileges: readonly string[], fields: object = {}): Promise<MadeKey> {
    return makeKey(this.service, this.manager, { name: this.newName('Key'), privileges, ...fields });
  }

  async newSessionId(person: Person): Promise<string> {
    const { body } = await person.get('/v1/auth/sessions').expect(200);
    return body.data[0].id;
  }

  newOrder(): Promise<{ readonly reference: string }> {
    const shopper = { shopperName: this.newName('Shopper'), shopperEmail: `shopper@${this.word}.example` };
    return invoicedOrder(this.service, this.manager, { ...shopper, comment: this.newName('Order') });
  }

  async newRefundedOrder(): Promise<{ readonly reference: string }> {
    const order = await this.newOrder();
    const request = { amount: '10', reason: 'shopper_request', comment: this.newName('Refund') };
    await this.manager.post(`/v1/orders/${order.reference}/refund`, request).expect(201);
    return order;
  }

  async newSubscription(fields: SubscriptionFields = {}): Promise<{ readonly reference: string }> {
    const now = Date.now();
    const cycle = { cycleStartedAt: new Date(now - 10 * DAY), endsAt: new Date(now + 20 * DAY) };
    const shopper = { shopperName: this.newName('Shopper'), shopperEmail: `shopper@${this.word}.example` };
    const [subscription] = await subscribe(this.service, this.product, [{ ...cycle, ...shopper, ...fields }]);
    return subscription!;
  }

  async newTemplate(): Promise<{ readonly id: string; readonly version: number }> {
    const text = `{{shopperName}}, a customer of ${this.word}`;
    const request = buildTemplate({ name: this.newName('Template'), text });
    const { body } = await this.manager.post(TEMPLATES, request).expect(201);
    return body;
  }

  async newDeletedTemplate(): Promise<{ readonly id: string }> {
    const template = await this.newTemplate();
    await this.manager.delete(`${TEMPLATES}/${template.id}`).expect(204);
    return template;
  }

  /**
   * Returns the code of a custom activity type, always the same, because an account can have only a limited number of
   * them.
   */
  async ownActivityType(): Promise<string> {
    if (this.activityCode !== undefined) return this.activityCode;
    const request = { code: 'custom.test.type', label: this.newName('Activity'), group: `Group of ${this.word}` };
    await this.manager.post('/v1/activity-types', request).expect(201);
    return (this.activityCode = request.code);
  }
}
