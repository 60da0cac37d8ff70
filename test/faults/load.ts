import { setTimeout } from 'node:timers/promises';
import { buildOrder as orderOf } from '../support/shop';
import { NO_ANSWER, NO_CONNECTION, UNAVAILABLE, type Journal, type Kind, type Operation } from './journal';
import type { Shop } from './shop';

const CLIENTS = 12;
const REQUEST_TIMEOUT_MS = 30_000;
/** Logins per user, below the limit of 50 open sessions. */
const LOGINS_PER_USER = 45;

/** How often clients perform each kind of operation, relative to the others. */
const WEIGHTS: Record<Kind, number> = {
  order: 5,
  extension: 5,
  'page view': 6,
  ingestion: 5,
  login: 1,
  'invoice mail': 1,
};
const MIX = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array<Kind>(weight).fill(kind as Kind));

/** The request that performs an operation. */
interface Call {
  readonly path: string;
  readonly body: object;
  readonly token?: string;
  /** Whether the service guarantees that the request takes effect once, however often it is sent. */
  readonly isRepeatable: boolean;
}

/** Clients that use the Control Panel concurrently, without pauses, until they are stopped. */
export class Load {
  private isStopping = false;
  private operationCount = 0;
  private clients: Promise<void>[] = [];
  private readonly logins = new Map<string, number>();

  constructor(
    private readonly shop: Shop,
    /** URLs of the services, assigned to the clients in turn. */
    private readonly urls: readonly string[],
    private readonly journal: Journal,
    /** Prefix of the ids of operations. */
    private readonly prefix: string,
  ) {}

  start(): void {
    this.clients = Array.from({ length: CLIENTS }, (_, client) => this.use(this.urls[client % this.urls.length]!));
  }

  /** Stops the clients, after their current requests. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.clients);
  }

  private async use(url: string): Promise<void> {
    while (!this.isStopping) {
      const id = `${this.prefix}-${++this.operationCount}`;
      const kind = MIX[Math.floor(Math.random() * MIX.length)]!;
      const operation: Operation = { id, kind };
      const call = this.callFor(operation);
      if (!call) continue;
      this.journal.add(operation);
      await this.perform(url, operation, call);
    }
  }

  /** Sends a request. Repeats it until it succeeds or is rejected, if it is repeatable. */
  private async perform(url: string, operation: Operation, call: Call): Promise<void> {
    while (!(await this.attempt(url, operation, call)) && call.isRepeatable && !this.isStopping) await setTimeout(100);
  }

  /** Sends a request once. Returns whether it succeeded or was rejected, so that it need not be repeated. */
  private async attempt(url: string, operation: Operation, { path, body, token }: Call): Promise<boolean> {
    try {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': operation.id,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const text = await response.text();
      this.journal.noteAnswer(classifyAnswer(response, text));
      if (response.ok) this.journal.acknowledge(operation, JSON.parse(text || 'null'), url);
      return response.ok || (response.status < 500 && response.status !== 409);
    } catch (error) {
      this.journal.noteAnswer((error as Error).name === 'TimeoutError' ? NO_ANSWER : NO_CONNECTION);
      await setTimeout(100);
      return false;
    }
  }

  private callFor({ id, kind }: Operation): Call | undefined {
    const { managerToken: token, apiKeyToken, subscriptions, orderReference } = this.shop;
    switch (kind) {
      case 'order':
        return { path: '/v1/orders', body: { ...orderOf('ONCE'), comment: id }, token, isRepeatable: true };
      case 'extension': {
        const { reference } = subscriptions[this.operationCount % subscriptions.length]!;
        const path = `/v1/subscriptions/${reference}/extend`;
        return { path, body: { days: 1, comment: id }, token, isRepeatable: false };
      }
      case 'page view':
        return { path: '/v1/page-views', body: { page: '/faults', title: id }, token, isRepeatable: true };
      case 'ingestion':
        return { path: '/v1/activities', body: { records: createBatch(id) }, token: apiKeyToken, isRepeatable: true };
      case 'invoice mail':
        return { path: `/v1/orders/${orderReference}/invoice/send`, body: { comment: id }, token, isRepeatable: false };
      case 'login':
        return this.login();
    }
  }

  private login(): Call | undefined {
    const { users } = this.shop;
    const { email, password } = users[this.operationCount % users.length]!;
    const before = this.logins.get(email) ?? 0;
    if (before >= LOGINS_PER_USER) return undefined;
    this.logins.set(email, before + 1);
    return { path: '/v1/auth/login', body: { email, password }, isRepeatable: false };
  }
}

/** Number of records in a batch. They are stored together or not at all. */
export const BATCH_SIZE = 3;

/** Creates a batch of records with the same keys and content for the same id, so that it can be repeated. */
function createBatch(id: string): object[] {
  const user = { name: 'Nadia Night', email: 'nadia@faults.example' };
  const record = { occurredAt: startOfHour(), activity: 'page.accessed', page: 'Elsewhere', user, comment: id };
  return Array.from({ length: BATCH_SIZE }, (_, place) => ({ key: `${id}-${place}`, ...record }));
}

/** Returns an hour in the past, so that stepping the clock back does not move it into the future. */
function startOfHour(): string {
  return new Date(Math.floor(Date.now() / 3_600_000 - 6) * 3_600_000).toISOString();
}

function classifyAnswer(response: Response, body: string): string {
  const { status } = response;
  if (response.ok) return '2xx';
  if (status === 503 && response.headers.has('retry-after')) return UNAVAILABLE;
  const code = /"code":"([a-z_]+)"/.exec(body)?.[1] ?? '';
  return `${status} ${code}`;
}
