import { OutgoingMail } from '../../src/mail/outgoing-mail.entity';
import { makeKey, type MadeKey } from './api-keys';
import { buildTemplate, TEMPLATES } from './email-templates';
import { tokenIn } from './invitations';
import { invoicedOrder } from './invoiced-orders';
import type { Person } from './person';
import { FIRST_PASSWORD, type Service } from './service';
import { offer, subscribe, type ToldSubscription } from './subscriptions';

const DAY = 24 * 60 * 60_000;

/**
 * An account in which anything that a request can be about is made on demand. Every text in it, other than ids and codes,
 * contains the account's word, so that a test can tell whether any of it shows up in another account.
 */
export class TestAccount {
  private made = 0;
  private activityCode: string | undefined;

  private constructor(
    readonly service: Service,
    readonly word: string,
    readonly manager: Person,
    /** A code that orders and subscriptions of this account can name. */
    readonly productCode: string,
    /** A product that subscriptions to the other one can be upgraded to. */
    readonly upgradeCode: string,
    private readonly product: Awaited<ReturnType<typeof offer>>,
    /** E-mail of a user who does nothing but log in. */
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

  /** A text of this account that it has not used before. */
  newName(what: string): string {
    return `${what} ${++this.made} of ${this.word}`;
  }

  newEmail(): string {
    return `user${++this.made}@${this.word}.example`;
  }

  async newRole(privileges: readonly string[] = []): Promise<{ readonly id: string; readonly version: number }> {
    const { body } = await this.manager.post('/v1/roles', { name: this.newName('Role'), privileges }).expect(201);
    return body;
  }

  /** A user with a password that must be changed first, unless the user is invited. */
  async newUser(
    roleIds: readonly string[] = [],
    isInvited = false,
  ): Promise<{ readonly id: string; readonly email: string; readonly version: number }> {
    const request = { email: this.newEmail(), name: this.newName('User'), roleIds };
    const password = isInvited ? {} : { password: FIRST_PASSWORD };
    const { body } = await this.manager.post('/v1/users', { ...request, ...password }).expect(201);
    return body;
  }

  /** The token of an invitation that nobody has used. */
  async newInvitation(): Promise<string> {
    const { email } = await this.newUser([], true);
    const { text } = await this.service.writeSource.manager.findOneByOrFail(OutgoingMail, { recipient: email });
    return tokenIn(text);
  }

  newKey(privileges: readonly string[], told: object = {}): Promise<MadeKey> {
    return makeKey(this.service, this.manager, { name: this.newName('Key'), privileges, ...told });
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
    const request = { amount: '10', reason: 'customer_request', comment: this.newName('Refund') };
    await this.manager.post(`/v1/orders/${order.reference}/refund`, request).expect(201);
    return order;
  }

  async newSubscription(told: ToldSubscription = {}): Promise<{ readonly reference: string }> {
    const now = Date.now();
    const cycle = { cycleStartedAt: new Date(now - 10 * DAY), endsAt: new Date(now + 20 * DAY) };
    const shopper = { shopperName: this.newName('Shopper'), shopperEmail: `shopper@${this.word}.example` };
    const [subscription] = await subscribe(this.service, this.product, [{ ...cycle, ...shopper, ...told }]);
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

  /** Code of an activity type of the account; always the same, because an account has a limited number of them. */
  async ownActivityType(): Promise<string> {
    if (this.activityCode !== undefined) return this.activityCode;
    const request = { code: 'custom.test.type', label: this.newName('Activity'), group: `Group of ${this.word}` };
    await this.manager.post('/v1/activity-types', request).expect(201);
    return (this.activityCode = request.code);
  }
}
