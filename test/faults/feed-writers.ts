import { setTimeout } from 'node:timers/promises';
import { DECLINED_CARD } from '../support/payment-methods';
import { Person } from '../support/person';
import { buildOrder, stockShop } from '../support/shop';
import { createAccount } from './shop';

const WRITERS = 8;
/** Number of records in a batch. They are recorded together or not at all. */
const BATCH_SIZE = 50;
const DAY = 24 * 60 * 60_000;
const REQUEST_TIMEOUT_MS = 30_000;
const PASSWORD = 'a password for faults';
const TAKEN_NAME = 'taken';

/** An account with those who write to it and the one who follows its feed. */
export interface FollowedAccount {
  readonly accountId: string;
  readonly managerToken: string;
  /** Token of a user who has no privileges. */
  readonly powerlessToken: string;
  /** Token of an API key that may only follow the feed. */
  readonly followerToken: string;
  /** References of subscriptions that the writers extend. */
  readonly subscriptions: readonly string[];
}

/** Creates an account with what the writers need. */
export async function createFollowedAccount(
  settings: Record<string, string>,
  url: string,
  name: string,
): Promise<FollowedAccount> {
  const login = async (credentials: object): Promise<Person> => {
    const { body } = await new Person(url).post('/v1/auth/login', credentials).expect(200);
    return new Person(url, body.token, body.user);
  };
  const email = `${name}@faults.example`;
  const manager = await login({ email, password: await createAccount(settings, email) });
  await stockShop(manager);
  for (let made = 0; made < 3; made++) await manager.post('/v1/orders', buildOrder('MONTHLY')).expect(201);
  const { body: subscriptions } = await manager.get('/v1/subscriptions').expect(200);
  await manager.post('/v1/roles', { name: TAKEN_NAME, privileges: [] }).expect(201);
  const user = { email: `powerless-${email}`, name: 'Powerless', password: PASSWORD, roleIds: [] };
  await manager.post('/v1/users', user).expect(201);
  const powerless = await login({ email: user.email, password: PASSWORD });
  const key = { name: 'follower', privileges: ['activity_feed'] };
  const { body: apiKey } = await manager.post('/v1/api-keys', key).expect(201);
  return {
    accountId: manager.user.account.id,
    managerToken: manager.token!,
    powerlessToken: powerless.token!,
    followerToken: apiKey.token,
    subscriptions: (subscriptions.data as { reference: string }[]).map(({ reference }) => reference),
  };
}

/** A request that leaves records. They have its id as their request id. */
export interface SentRequest {
  readonly id: string;
  /** Number of records, if it is handled. */
  readonly records: number;
  /** Status of the response; undefined if there was none. */
  status?: number;
}

/** What a writer sends. */
interface Draft {
  readonly method?: 'GET';
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
  readonly records?: number;
}

/** Programs that write records in every way, without pauses, until they are stopped. */
export class FeedWriters {
  readonly sent: SentRequest[] = [];
  private isStopping = false;
  private writers: Promise<void>[] = [];

  constructor(
    private readonly account: FollowedAccount,
    /** URLs of the services, assigned to the writers in turn. */
    private readonly urls: readonly string[],
    /** Prefix of the ids of requests. */
    private readonly prefix: string,
  ) {}

  start(): void {
    this.writers = Array.from({ length: WRITERS }, (_, writer) => this.write(this.urls[writer % this.urls.length]!));
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.writers);
  }

  private async write(url: string): Promise<void> {
    while (!this.isStopping) {
      const id = `${this.prefix}-${this.sent.length + 1}`;
      const draft = this.draft(id, this.sent.length);
      const request: SentRequest = { id, records: draft.records ?? 1 };
      this.sent.push(request);
      try {
        request.status = await this.send(url, id, draft);
      } catch {
        await setTimeout(100);
      }
    }
  }

  private async send(url: string, id: string, { method, path, body, token }: Draft): Promise<number> {
    const response = await fetch(url + path, {
      method: method ?? 'POST',
      headers: {
        authorization: `Bearer ${token ?? this.account.managerToken}`,
        'x-request-id': id,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    await response.text();
    return response.status;
  }

  /** Returns an action, a page view, a batch, a failure after a rollback or a denied attempt, in turn. */
  private draft(id: string, number: number): Draft {
    const { subscriptions, powerlessToken } = this.account;
    switch (number % 7) {
      case 0:
        return { path: `/v1/subscriptions/${subscriptions[number % subscriptions.length]!}/extend`, body: { days: 1 } };
      case 1:
        return { path: '/v1/orders', body: buildOrder('ONCE') };
      case 2:
        return { path: '/v1/activities', body: { records: createOldBatch(id) }, records: BATCH_SIZE };
      case 3:
        return { path: '/v1/roles', body: { name: TAKEN_NAME, privileges: [] } };
      case 4:
        return { path: '/v1/orders', body: { ...buildOrder('ONCE'), paymentMethod: DECLINED_CARD } };
      case 5:
        return { method: 'GET', path: '/v1/roles', token: powerlessToken };
      default:
        return { path: '/v1/page-views', body: { page: '/feed' } };
    }
  }
}

/** Creates a batch of another system that arrives late, up to two months. */
function createOldBatch(id: string): object[] {
  const occurredAt = new Date(Date.now() - Math.random() * 60 * DAY).toISOString();
  const record = {
    occurredAt,
    activity: 'page.accessed',
    page: 'Elsewhere',
    user: { name: 'Nadia Night', email: 'nadia@faults.example' },
  };
  return Array.from({ length: BATCH_SIZE }, (_, place) => ({ key: `${id}-${place}`, ...record }));
}

/** Statuses with which a request was handled: it succeeded, failed after a rollback, or was denied. */
const HANDLED = [200, 201, 403, 409, 422];

/**
 * Compares the requests with their records.
 * @param recorded number of records by request id
 * @returns a sentence for each discrepancy
 */
export function findLostRequests(sent: readonly SentRequest[], recorded: ReadonlyMap<string, number>): string[] {
  return sent.flatMap(({ id, records, status }) => {
    const found = recorded.get(id) ?? 0;
    if (status !== undefined && status !== 503 && !HANDLED.includes(status)) return [`${id} got ${status}`];
    const isHandled = status !== undefined && status !== 503;
    if (found === records || (found === 0 && !isHandled)) return [];
    return [`${id} got ${status ?? 'no response'} and has ${found} of ${records} records`];
  });
}
