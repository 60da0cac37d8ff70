import { OPERATIONS } from '../../support/contract';
import { allIdentities, type Identity } from '../../support/identities';
import { queryString } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { TestAccount } from '../../support/test-account';
import { useService } from '../../support/use-service';
import { VALID_REQUESTS, type ValidRequest } from '../../support/valid-requests';
import { EXPECTED_ACCESS, type Access } from './access-matrix.expected';

/** A word of every text of the account whose ids are sent, and one of the other account's. */
const WORD = 'alphaville';
const OTHER_WORD = 'bravoland';

const NAMES = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

/** What the table says that the identity gets: a status, and where it is kept out the code of the problem. */
function expectedAnswer({ who, peopleOnly, success, foreign }: Access, identity: Identity): string {
  const passes = identity.isForeign && foreign !== undefined ? String(foreign) : String(success);
  if (who === 'anybody') return passes;
  if (identity.refusal !== undefined) return identity.refusal;
  if (who === 'any token') return passes;
  if (identity.isKey && (peopleOnly ?? who === 'own access')) return '403 session_required';
  if (who === 'own access') return passes;
  if (identity.mustChangePassword) return '403 password_change_required';
  if (who === 'signed in' || who.some((privilege) => identity.privileges.includes(privilege))) return passes;
  return '403 privilege_missing';
}

describe('the access matrix', () => {
  const service = useService();
  let account: TestAccount;
  let other: TestAccount;
  let identities: Identity[];
  let cases = 0;
  let denied = 0;
  const succeeded = new Set<string>();
  const faults: string[] = [];

  beforeAll(async () => {
    account = await TestAccount.open(service, WORD);
    other = await TestAccount.open(service, OTHER_WORD);
    identities = await allIdentities(account, other);
  }, 360_000);

  it('covers every operation of the contract, and no other', () => {
    expect(Object.keys(EXPECTED_ACCESS).sort()).toEqual([...NAMES].sort());
    expect(Object.keys(VALID_REQUESTS).sort()).toEqual([...NAMES].sort());
  });

  it.each(NAMES)('%s lets in whom it should, and nobody else', async (name) => {
    const access = EXPECTED_ACCESS[name];
    const build = VALID_REQUESTS[name];
    if (!access || !build) throw new Error(`${name} is in the contract, but not in the table and the valid requests.`);
    expect(identities).not.toEqual([]);
    const before = faults.length;
    const request = await build(account, { person: account.manager, password: PASSWORD });
    for (const identity of identities) {
      const expected = expectedAnswer(access, identity);
      const isAllowed = expected === String(access.success);
      // What is read or refused changes nothing, so all of those may send the same request.
      const own = isAllowed && !name.startsWith('GET') ? await build(homeOf(identity), identity) : request;
      const { answer, text } = await send(name, own, identity);
      cases += 1;
      if (answer.startsWith('403')) denied += 1;
      if (answer === String(access.success)) succeeded.add(name);
      if (answer !== expected) faults.push(`${name} by ${identity.name}: ${answer} instead of ${expected}`);
      if ((identity.isForeign ?? !isAllowed) && access.who !== 'anybody' && text.includes(WORD)) {
        faults.push(`${name} by ${identity.name}: the answer shows what the other account has`);
      }
      if (name.startsWith('GET '))
        await sendHead(name, own, identity, expectedAnswer(accessOfHead(name, access), identity));
      if (isAllowed && access.who === 'own access') {
        if (name === 'POST /v1/auth/password') Object.assign(identity, { password: newPassword(own) });
        await identity.renew();
      }
    }
    expect(faults.slice(before)).toEqual([]);
  });

  it('has a success for every operation', () => {
    expect(NAMES.filter((name) => !succeeded.has(name))).toEqual([]);
  });

  it('finds nothing of another account by what a body or a query names', async () => {
    const { manager } = other;
    const { reference } = await account.newOrder();
    const { id: roleId } = await account.newRole();
    const { id: keyId } = await account.newKey(['orders']);
    const own = {
      user: `/v1/users/${(await other.newUser()).id}`,
      template: `/v1/email-templates/${(await other.newTemplate()).id}`,
      subscription: `/v1/subscriptions/${(await other.newSubscription()).reference}`,
    };
    await Promise.all(
      [
        manager.patch(own.user, { roleIds: [roleId], version: 1 }),
        manager.post(`${own.template}/preview`, { orderReference: reference }),
        manager.post(`${own.template}/test`, { orderReference: reference, recipient: 'editor@test.example' }),
        manager.post(`${own.subscription}/upgrade`, { productCode: account.upgradeCode }),
        manager.get('/v1/reports/users-activity', { userId: keyId }),
      ].map(async (attempt) => {
        const { status, text } = await attempt;
        expect([status, text.includes(WORD)]).toEqual([404, false]);
      }),
    );
  });

  it('leaves a record of each denied attempt, and none of another account', async () => {
    const [own, foreign] = await Promise.all([account, other].map(({ manager }) => manager.walk({ limit: 1000 })));
    expect(own!.filter((row) => JSON.stringify(row).includes(OTHER_WORD))).toEqual([]);
    expect(foreign!.filter((row) => JSON.stringify(row).includes(WORD))).toEqual([]);
    expect([...own!, ...foreign!].filter(({ outcome }) => outcome === 'denied')).toHaveLength(denied);
    const holes = NAMES.filter((name) => !succeeded.has(name) || !EXPECTED_ACCESS[name]).length;
    process.stdout.write(
      `Access matrix: ${NAMES.length} operations x ${identities.length} identities = ${cases} cases; ` +
        `${denied} denied and recorded; ${faults.length} wrong; ${holes} holes.\n`,
    );
  });

  const homeOf = ({ isForeign }: Identity) => (isForeign ? other : account);

  /** Returns the access of HEAD. The handler does not run, so it finds every id, except in the filter of a report. */
  const accessOfHead = (name: string, access: Access): Access =>
    /^GET \/v1\/reports\/users-activity(?:\.\w+|\/summary)?$/.test(name)
      ? access
      : { ...access, foreign: access.success };

  /** Sends a GET request as HEAD, which is allowed and denied alike. */
  async function sendHead(name: string, request: ValidRequest, identity: Identity, expected: string) {
    const { answer, text } = await send(name, request, identity, 'HEAD');
    cases += 1;
    if (answer === '403') denied += 1;
    if (answer !== expected.split(' ')[0])
      faults.push(`HEAD of ${name} by ${identity.name}: ${answer} instead of ${expected}`);
    if (text !== '') faults.push(`HEAD of ${name} by ${identity.name}: it has a body`);
  }

  /** Sends the request as the identity; answers its status, and of a refusal the code too. */
  async function send(
    name: string,
    { path, query, body }: ValidRequest,
    { person }: Identity,
    method = name.split(' ')[0]!,
  ) {
    const { token } = person;
    const response = await fetch(service.url + path + queryString(query ?? {}), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isRefusal = (response.status === 401 || response.status === 403) && method !== 'HEAD';
    const code = isRefusal ? ` ${(JSON.parse(text) as { code: string }).code}` : '';
    return { answer: `${response.status}${code}`, text };
  }
});

function newPassword({ body }: ValidRequest): string {
  return (body as { newPassword: string }).newPassword;
}
