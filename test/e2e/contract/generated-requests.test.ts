import fc from 'fast-check';
import { OPERATIONS, type Operation } from '../../support/contract';
import { acceptedFaults, contractFaults, type ReceivedAnswer } from '../../support/contract-answers';
import { change, type Change } from '../../support/generated-changes';
import { queryString, Person } from '../../support/person';
import { RawClient, type RawRequest } from '../../support/raw-request';
import { scaled } from '../../support/scale';
import { applyChange, rawRequest, type Draft } from '../../support/request-draft';
import { PASSWORD } from '../../support/service';
import { TestAccount } from '../../support/test-account';
import { useService } from '../../support/use-service';
import { VALID_REQUESTS, type Sender, type ValidRequest } from '../../support/valid-requests';

/** How many requests are sent, and from which seed they are made: the same seed makes the same requests. */
const COUNT = Number(process.env.GENERATED_REQUESTS ?? scaled(3000, 1000));
const SEED = Number(process.env.GENERATED_REQUESTS_SEED ?? Date.now() % 2 ** 31);

/** Methods that some path of the contract does not have. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'LOCK'];

const WHO = ['manager', 'somebody without privileges', 'an API key', 'nobody'] as const;

/** What is sent: which operation, changed how, by whom. */
interface Plan {
  readonly operation: Operation;
  readonly changes: readonly Change[];
  readonly who: (typeof WHO)[number];
  /** Whether it is sent once more, when what it asks for may have been done. */
  readonly isRepeated: boolean;
}

/** One valid request to every operation, then any requests to any, most of them changed. */
function plans(): Plan[] {
  const valid = OPERATIONS.map((operation): Plan => ({ operation, changes: [], who: 'manager', isRepeated: false }));
  const plan = fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    changes: fc.oneof(
      { weight: 1, arbitrary: fc.constant<Change[]>([]) },
      { weight: 4, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
    ),
    who: fc.oneof(
      { weight: 12, arbitrary: fc.constant('manager' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...WHO) },
    ),
    isRepeated: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  });
  return [...valid, ...fc.sample(plan, { seed: SEED, numRuns: Math.max(0, COUNT - valid.length) })];
}

describe('generated requests', () => {
  const succeeded = new Set<string>();
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  const counts = { sent: 0, serverErrors: 0, undeclared: 0, invalid: 0 };
  let account: TestAccount;
  let client: RawClient;
  let program: Person;
  let powerless: Person;
  /** Sends what is about the sender's own access, which may end its session. */
  let self: Sender;
  let selves = 0;
  /** What was last built for an operation, and has not been done yet. */
  const ready = new Map<Operation, ValidRequest>();

  afterAll(() => {
    client.close();
  });
  const service = useService({ TRUST_PROXY: '1', CORS_ORIGINS: 'https://panel.example' });
  beforeAll(async () => {
    client = new RawClient(service.url);
    account = await TestAccount.open(service, 'alphaville');
    ({ program } = await account.newKey(['orders', 'users_activity']));
    powerless = await service.newUser(account.manager, account.newEmail(), 'Nobody special');
    self = await newSelf();
  });

  it(
    `send ${COUNT} with the seed ${SEED}`,
    async () => {
      for (const [place, plan] of plans().entries()) if (counts.sent < COUNT) await run(plan, place);
      const sorted = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
      process.stdout.write(
        `Generated requests: ${counts.sent} sent, seed ${SEED}; 5xx: ${counts.serverErrors}, undeclared: ${counts.undeclared}, ` +
          `invalid bodies: ${counts.invalid}; ${succeeded.size} of ${OPERATIONS.length} operations succeeded.\n` +
          `Statuses: ${sorted.join(', ')}.\n`,
      );
      // The first ones are enough to begin with; the same seed shows the others again.
      expect(faults.slice(0, 30)).toEqual([]);
    },
    Math.max(600_000, COUNT * 120),
  );

  it('reach the success of every operation', () => {
    expect(OPERATIONS.map(nameOf).filter((name) => !succeeded.has(name))).toEqual([]);
  });

  it('and every other method of each path is refused, except OPTIONS', async () => {
    const answers = new Set<string>();
    for (const target of new Set(OPERATIONS.map(({ path }) => path.replace(/\{\w+\}/g, '1')))) {
      const known = OPERATIONS.filter(({ path }) => pattern(path).test(target)).map(({ method }) =>
        method.toUpperCase(),
      );
      if (known.includes('GET')) known.push('HEAD');
      for (const method of METHODS.filter((candidate) => !known.includes(candidate))) {
        const headers = { authorization: `Bearer ${account.manager.token!}` };
        const { status, contentType, body } = await client.send({ method, target, headers });
        const code = body.length === 0 ? '' : (JSON.parse(body.toString()) as { code: string }).code;
        answers.add(`${method}: ${status} ${contentType} ${code}`);
      }
    }
    const problem = '405 application/problem+json; charset=utf-8';
    const expected = METHODS.map((method) => {
      if (method === 'OPTIONS') return `${method}: 204  `;
      return `${method}: ${problem} ${method === 'HEAD' ? '' : 'method_not_allowed'}`;
    });
    expect([...answers].sort()).toEqual(expected.sort());
  });

  async function run({ operation, changes, who, isRepeated }: Plan, place: number): Promise<void> {
    const valid = ready.get(operation) ?? (await VALID_REQUESTS[nameOf(operation)]!(account, self));
    ready.set(operation, valid);
    const draft = draftOf(operation, valid);
    const person = { manager: isAboutSender(operation) ? self.person : account.manager, 'an API key': program }[
      who as string
    ];
    const token = (who === 'somebody without privileges' ? powerless : person)?.token;
    if (token !== undefined) draft.headers.authorization = `Bearer ${token}`;
    // Everyone has an address of their own: what is tried too often from one is not what this test is about.
    draft.headers['x-forwarded-for'] = `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`;
    const query = (operation.parameters ?? []).flatMap((parameter) => (parameter.in === 'query' ? parameter.name : []));
    for (const one of changes) applyChange(draft, one, query);
    const request = rawRequest(draft);
    const answer = await client.send(request);
    count(operation, answer, request, place);
    if (isRepeated) count(operation, await client.send(request), request, place);
    // What was read or refused is as it was, and serves the next request too.
    if (operation.method === 'get' || answer.status >= 400) return;
    ready.delete(operation);
    if (isAboutSender(operation)) self = await renewed(valid);
  }

  function count(operation: Operation, answer: ReceivedAnswer, request: RawRequest, place: number): void {
    const { status } = answer;
    counts.sent += 1;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status < 300) succeeded.add(nameOf(operation));
    const found = contractFaults(operation, answer);
    if (status < 300) found.push(...acceptedFaults(operation, request.body));
    if (status >= 500) counts.serverErrors += 1;
    else if (found.length === 0) return;
    else if (operation.responses[status]) counts.invalid += 1;
    else counts.undeclared += 1;
    faults.push(
      `${place}. ${nameOf(operation)}: ${status}; ${found.join('; ')}; ${shortened(answer.body)} for ${shortened(JSON.stringify(request))}`,
    );
  }

  async function newSelf(): Promise<Sender> {
    const email = `self${++selves}@alphaville.example`;
    return { person: await service.newUser(account.manager, email, 'Sally Self'), password: PASSWORD };
  }

  /** The same user with a session that is open, after a request that may have ended it or changed the password. */
  async function renewed({ path, body }: ValidRequest): Promise<Sender> {
    const password = path === '/v1/auth/password' ? (body as { newPassword: string }).newPassword : self.password;
    for (const operation of OPERATIONS) if (isAboutSender(operation)) ready.delete(operation);
    const email = `self${selves}@alphaville.example`;
    const { body: session, status } = await service.nobody.post('/v1/auth/login', { email, password });
    return status === 200 ? { person: new Person(service.url, session.token, session.user), password } : newSelf();
  }
});

function draftOf({ method, path: template }: Operation, { path, query, body }: ValidRequest): Draft {
  const search = new URLSearchParams(queryString(query ?? {}));
  return {
    method: method.toUpperCase(),
    template,
    segments: path.split('/'),
    query: [...search].map(([name, value]) => [name, encodeURIComponent(value)]),
    headers: {},
    body,
  };
}

/** What addresses of a path of the contract look like. */
function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
}

/** Whether it is about the access of whoever sends it: it may end the session that it comes with. */
function isAboutSender({ path }: Operation): boolean {
  return path.startsWith('/v1/auth/') && path !== '/v1/auth/login';
}

function nameOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}

function shortened(text: string | Buffer): string {
  return String(text).slice(0, 400);
}
