import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { detailsOf } from '../../../src/audit/catalogue/activity-details';
import { ACTIVITY_TYPES, type ActivityType } from '../../../src/audit/catalogue/activity-type';
import { propertiesOf } from '../../../src/audit/catalogue/details/detail';
import { LoginRefusalsJob } from '../../../src/auth/login/login-refusals.job';
import { MAX_OPEN_SESSIONS } from '../../../src/auth/login/auth.service';
import { makeKey } from '../../support/api-keys';
import { Editor } from '../../support/email-templates';
import { ACCEPT } from '../../support/invitations';
import { LOGIN, MINUTE } from '../../support/logins';
import { CARD, PENDING_CARD } from '../../support/payment-methods';
import { REPORT, type Person, type Row } from '../../support/person';
import { Representative } from '../../support/representative';
import { FIRST_PASSWORD, PASSWORD } from '../../support/service';
import { buildOrder, stockShop } from '../../support/shop';
import { offer, subscribe } from '../../support/subscriptions';
import { TestAccount } from '../../support/test-account';
import { useService } from '../../support/use-service';

/** A detail as `GET /v1/activity-types` lists it. */
interface ListedDetail {
  readonly name: string;
  readonly example: unknown;
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

/** Returns the names of details, with those of the changed fields: `changes.status`. */
function namesOf(details: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(details).flatMap(([name, value]) =>
    name === 'changes' ? Object.keys(value as object).map((field) => `changes.${field}`) : name,
  );
}

describe('the details of the activities', () => {
  const service = useService();
  let account: TestAccount;
  let manager: Person;
  let rows: readonly Row[];
  let listed: ReadonlyMap<string, readonly ListedDetail[]>;

  /** Performs every activity, in each way that leaves other details. */
  beforeAll(async () => {
    account = await TestAccount.open(service, 'one');
    ({ manager } = account);
    await usesSessions();
    await actsOnUsersAndRoles();
    await editsTemplates();
    await sells();
    await actsOnSubscriptions();
    await reports();
    await failsToLogIn();
    rows = await manager.walk({ from: '2026-01-01', limit: 1000 });
    const { body } = await manager.get('/v1/activity-types').expect(200);
    listed = new Map(
      (body.data as { code: string; details: ListedDetail[] }[]).map(({ code, details }) => [code, details]),
    );
  }, 360_000);
  afterEach(() => jest.restoreAllMocks());

  async function usesSessions() {
    for (let login = 0; login <= MAX_OPEN_SESSIONS; login++) await service.login(account.visitor);
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['api_keys', 'orders']);
    await makeKey(service, john, { privileges: ['orders'] });
    const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD}, another`, revokeApiKeys: true };
    await john.post('/v1/auth/password', change).expect(204);
    const other = await service.login('john@one.example', change.newPassword);
    const { body } = await other.get('/v1/auth/sessions').expect(200);
    const { id } = (body.data as { id: string; isCurrent: boolean }[]).find(({ isCurrent }) => isCurrent)!;
    await john.delete(`/v1/auth/sessions/${id}`).expect(204);
    await other.delete('/v1/auth/sessions').expect(401);
    await john.delete('/v1/auth/sessions').expect(204);
    await john.post('/v1/auth/logout').expect(204);
    const invitation = { token: await account.newInvitation(), password: PASSWORD };
    await service.nobody.post(ACCEPT, invitation).expect(204);
  }

  async function actsOnUsersAndRoles() {
    const [role, other] = [await account.newRole(), await account.newRole()];
    const user = await account.newUser([role.id]);
    await manager.post(`/v1/users/${user.id}/invitation`).expect(202);
    const path = `/v1/users/${user.id}`;
    const change = { email: account.newEmail(), name: 'Nora', roleIds: [other.id] };
    await manager.patch(path, { ...change, status: 'disabled', version: 1 }).expect(200);
    const again = { email: account.newEmail(), name: 'Nora New', roleIds: [role.id] };
    await manager.patch(path, { ...again, status: 'active', version: 2 }).expect(200);
    await manager.patch(`/v1/roles/${role.id}`, { name: 'Desk', privileges: ['orders'], version: 1 }).expect(200);
    await manager.patch(`/v1/roles/${role.id}`, { name: 'Late', version: 1 }).expect(409);
    await manager.delete(`/v1/roles/${other.id}`).expect(204);
    const { id } = await account.newKey(['orders']);
    await manager.delete(`/v1/api-keys/${id}`).expect(204);
    await manager.delete(`/v1/api-keys/${id}`).expect(409);
    const settings = { name: 'Renamed', timeZone: 'America/New_York', retentionDays: 400 };
    await manager.patch('/v1/account', { ...settings, version: 1 }).expect(200);
    const type = { code: 'custom.crm.note_added', label: 'Add note', group: 'CRM' };
    await manager.post('/v1/activity-types', type).expect(201);
    await manager
      .patch(`/v1/activity-types/${type.code}`, { label: 'Write note', group: 'Calls', version: 1 })
      .expect(200);
  }

  async function editsTemplates() {
    const editor = new Editor(manager);
    const [common, regional] = [await editor.makesActive(), await editor.makesActive({ language: 'en-GB' })];
    await editor.edits(common, { name: 'Other', subject: 'Other', html: '<p>Other</p>', text: 'Other' });
    await editor.deletes(regional);
    await manager.post(`/v1/email-templates/${regional.id}/restore`).expect(200);
    await manager.post(`/v1/email-templates/${common.id}/preview`, {}).expect(200);
    const recipient = 'editor@one.example';
    await manager.post(`/v1/email-templates/${common.id}/test`, { recipient }).expect(202);
    const content = { html: '<p>{{shopperName}}</p>', text: '{{shopperName}}', subject: 'Shop' };
    for (const kind of ['order_confirmation', 'refund_confirmation']) await editor.makesActive({ kind, ...content });
  }

  async function sells() {
    await stockShop(manager);
    const representative = new Representative(manager);
    const order = await representative.placesOrder(buildOrder('MONTHLY', 'ONCE'));
    await representative.placesOrder({ ...buildOrder('ONCE'), paymentMethod: PENDING_CARD });
    await representative.sendsInvoice(order);
    await representative.requestsRefund(order.reference);
    await representative.cancelsRefund(order.reference);
    await representative.requestsRefund(order.reference, { amount: '100000' }, 422);
  }

  async function actsOnSubscriptions() {
    const representative = new Representative(manager);
    const basic = await offer(service, manager);
    const upgrade = await offer(service, manager, { name: 'Longer', price: 99_900, billingCycleMonths: 24 }, basic);
    const endsAt = new Date(Date.now() + 20 * 24 * 60 * MINUTE);
    const [subscription] = await subscribe(service, basic, [{ endsAt }]);
    const path = `/v1/subscriptions/${subscription!.reference}`;
    await representative.setsRenewalPrice(subscription!, { price: '1', currency: 'USD', billingCycles: 3 });
    await representative.upgrades(subscription!, upgrade);
    await representative.extends(subscription!, 30);
    await manager.post(`${path}/renewal/stop`, { reason: 'card_expired' }).expect(200);
    await manager.post(`${path}/renewal/enable`).expect(200);
    await representative.changesCard(subscription!, { ...CARD, brand: 'amex', lastFour: '0005' });
    await representative.cancels(subscription!);
    await representative.cancels(subscription!, {}, 409);
    await manager.post(`${path}/enable`).expect(200);
  }

  async function reports() {
    const [row] = await manager.report({ limit: 1, userId: manager.user.id, activity: 'user.login' });
    await manager.get(row!.url).expect(200);
    const conditions = {
      ...{ activityGroup: 'Orders', excludeActivity: 'page.accessed' },
      ...{ excludeUserId: manager.user.id, orderReference: '2000001', subscriptionReference: 'ABCD1234EF' },
      ...{
        ipAddress: '203.0.113.7',
        requestId: 'a-request',
        sentBy: 'API key: crm-sync',
        userEmail: 'a@b.example',
        q: 'text',
      },
      ...{ amountFrom: '1', amountTo: '2', currency: 'USD' },
    };
    await manager.get('/v1/activities', conditions).expect(200);
    const filter = { ...conditions, interval: 'today', order: 'asc' };
    await manager.get(REPORT, filter).expect(200);
    await manager.csv(filter);
    const summary = { ...conditions, interval: 'today', groupBy: 'day' };
    await manager.get(`${REPORT}/summary`, summary).expect(200);
  }

  /** Refuses logins and changes of the password until a record has their number. */
  async function failsToLogIn() {
    const email = 'wrong@one.example';
    const wrong = await service.newUser(manager, email, 'Wrong');
    const login = () => service.nobody.post(LOGIN, { email, password: 'not the password' });
    for (let time = 0; time < 12; time++) await login();
    const change = { currentPassword: 'not the password', newPassword: 'quite another password' };
    for (let time = 0; time < 3; time++) await wrong.post('/v1/auth/password', change).expect(429);
    const end = Date.now() + 16 * MINUTE;
    service.setTime(new Date(end));
    expect(await service.app.get(LoginRefusalsJob).runDue()).toBe(2);
    // The report ends before its own time.
    service.setTime(new Date(end + MINUTE));
  }

  const rowsOf = (type: ActivityType) => rows.filter(({ activity }) => activity.code === type);

  it.each(ACTIVITY_TYPES)('are those that the catalogue lists for %s', (type) => {
    const seen = new Set(rowsOf(type).flatMap(({ details }) => namesOf(details)));
    const known = namesOf(Object.fromEntries(listed.get(type)!.map(({ name, example }) => [name, example])));
    expect(rowsOf(type).length).toBeGreaterThan(0);
    expect([...seen].sort()).toEqual(known.sort());
  });

  it.each(ACTIVITY_TYPES)('have the types of the contract: %s', (type) => {
    const validate = ajv.compile({
      type: 'object',
      properties: propertiesOf(detailsOf(type)),
      additionalProperties: false,
    });
    const faults = rowsOf(type).flatMap(({ details }) => (validate(details) ? [] : (validate.errors ?? [])));
    expect(faults).toEqual([]);
    expect(validate(exampleOf(type))).toBe(true);
  });

  const exampleOf = (type: ActivityType) =>
    Object.fromEntries(listed.get(type)!.map(({ name, example }) => [name, example]));

  it('say from which time zone to which an account was changed', () => {
    expect(rowsOf('account.updated')[0]!.details).toMatchObject({
      changes: { timeZone: { from: 'Europe/Bucharest', to: 'America/New_York' } },
    });
  });

  it('come with the code of a failure', () => {
    const [failed, canceled] = rowsOf('subscription.canceled');
    expect(failed).toMatchObject({ outcome: 'failure', failureCode: 'subscription_canceled' });
    expect(failed!.details).toEqual({ reason: 'other' });
    expect(canceled).toMatchObject({ outcome: 'success', failureCode: null });
    expect(rowsOf('role.updated')[0]).toMatchObject({ failureCode: 'version_outdated' });
  });

  it('hold no secret', () => {
    const shown = JSON.stringify(rows.map(({ details }) => details));
    for (const secret of [PASSWORD, FIRST_PASSWORD, CARD.token, manager.token!, '"error"', 'fingerprint']) {
      expect(shown).not.toContain(secret);
    }
    expect(shown).not.toMatch(/tok_|ua[ki]_[A-Za-z0-9_-]{20}/);
  });

  it('belong to rows with the email address of who acted', () => {
    const addresses = new Map(rows.map(({ user }) => [user.name, user.email]));
    expect(addresses.get('John Doe')).toBe('john@one.example');
    expect(addresses.get('Wrong')).toBe('wrong@one.example');
    expect(addresses.get('Command line')).toBeNull();
  });
});
