import { randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';

/** Email addresses of existing users, and as many that nobody has. */
export interface Emails {
  readonly known: readonly string[];
  readonly unknown: readonly string[];
}

/** A way to probe for existing email addresses. */
export interface Attack {
  readonly name: string;
  readonly status: number;
  /** Failed logins with each email address before the measurement. */
  readonly before: number;
  readonly address: () => string;
  /** Rounds after which the counts of failed logins are cleared, so that no email address is locked out. */
  readonly forgetEvery?: number;
}

/** Response times of the probes in milliseconds, by email address. */
export type Times = ReadonlyMap<string, readonly number[]>;

/** Measures `count` probes of each email address, all in random order. `forget` clears the counts of failed logins. */
export async function measure(
  url: string,
  forget: () => Promise<unknown>,
  count: number,
  { known, unknown }: Emails,
  { status, before, address, forgetEvery }: Attack,
): Promise<{ readonly known: Times; readonly unknown: Times }> {
  const times = new Map([...known, ...unknown].map((email) => [email, [] as number[]]));
  await forget();
  for (let attempt = 0; attempt < before; attempt++) {
    for (const email of times.keys()) await probe(url, email, address());
  }
  const unexpected: number[] = [];
  for (let round = 0; round < count; round++) {
    if (forgetEvery !== undefined && round % forgetEvery === 0) await forget();
    for (const email of shuffle([...times.keys()])) {
      const answer = await probe(url, email, address());
      if (answer.status !== status) unexpected.push(answer.status);
      times.get(email)!.push(answer.milliseconds);
    }
  }
  // An email address that is locked out for all addresses still gets one attempt per half a minute.
  if (unexpected.length > (count * known.length) / 10) throw new Error(`Unexpected answers: ${unexpected.join(' ')}`);
  const ofAll = (emails: readonly string[]): Times => new Map(emails.map((email) => [email, times.get(email)!]));
  return { known: ofAll(known), unknown: ofAll(unknown) };
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sends a login with a wrong password, and measures the response time. */
function probe(url: string, email: string, address: string): Promise<{ status: number; milliseconds: number }> {
  const body = JSON.stringify({ email, password: 'a wrong password' });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-forwarded-for': address,
  };
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const sent = request(`${url}/v1/auth/login`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, milliseconds: performance.now() - start });
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Returns a random email address. All have the same length, so that their length has no effect on the times. */
export function randomEmail(): string {
  return `user${randomInt(1e9, 1e10)}@one.example`;
}

export function randomAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

function shuffle<Item>(items: Item[]): Item[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
  return items;
}
