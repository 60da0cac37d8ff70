import { createHash } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import type { Follower } from '../../src/feed/follower';
import { Followers } from '../../src/feed/followers';
import { queryString, type Person, type Query, type Row } from './person';
import type { Service } from './service';

export const FEED = '/v1/activities';
export const STREAM = '/v1/activities/stream';

/** A row of the feed. */
export interface FollowedRow extends Row {
  readonly sequence: number;
  readonly recordedAt: string;
}

export interface FeedPageBody {
  readonly data: readonly FollowedRow[];
  readonly nextCursor: string;
  readonly hasMore: boolean;
  readonly settledThrough: string | null;
  readonly isComplete: boolean;
}

/** Reads one page of the feed. */
export async function readFeed(person: Person, query: Query = {}): Promise<FeedPageBody> {
  const { body } = await person.get(FEED, query).expect(200);
  return body;
}

/** Returns a cursor with other fields. Its checksum is right, because clients can compute it too. */
export function forge(cursor: string, change: object): string {
  const fields = JSON.parse(Buffer.from(cursor.split('.')[0]!, 'base64url').toString()) as object;
  const body = Buffer.from(JSON.stringify({ ...fields, ...change })).toString('base64url');
  return `${body}.${createHash('sha256').update(`cursor:${body}`).digest('base64url').slice(0, 16)}`;
}

/** A program that follows the feed page by page, and keeps its cursor. */
export class FeedFollower {
  cursor: string | undefined;
  readonly rows: FollowedRow[] = [];

  constructor(
    private readonly person: Person,
    private readonly query: Query = {},
    private readonly start: Query = {},
  ) {}

  /** Reads the next page. */
  async next(query: Query = {}): Promise<FeedPageBody> {
    const position = this.cursor === undefined ? this.start : { after: this.cursor };
    const page = await readFeed(this.person, { ...this.query, ...query, ...position });
    this.cursor = page.nextCursor;
    this.rows.push(...page.data);
    return page;
  }

  /** Reads pages until a row arrives that the test waits for, and returns all rows so far. */
  async until(isThere: (row: FollowedRow) => boolean): Promise<readonly FollowedRow[]> {
    while (!this.rows.some(isThere)) await this.next({ wait: 10 });
    return this.rows;
  }
}

/** Returns the next follower that begins to wait, or to stream, in the service. */
export function nextFollower({ app }: Service): Promise<Follower> {
  const followers = app.get(Followers);
  const begin = followers.begin.bind(followers);
  return new Promise((resolve) => {
    jest.spyOn(followers, 'begin').mockImplementation((...exchange) => {
      const follower = begin(...exchange);
      resolve(follower);
      return follower;
    });
  });
}

/** An event of a stream; a comment has only a text. */
export interface StreamEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data?: FollowedRow & { readonly settledThrough: string | null; readonly code: string };
  readonly comment?: string;
}

/** A stream of Server-Sent Events that was opened. */
export class OpenStream {
  private buffered = '';
  private readonly ready: StreamEvent[] = [];
  private hasEnded = false;
  private error: Error | undefined;
  private wake: () => void = () => undefined;

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      this.add(text);
    });
    response.on('error', (error) => (this.error = error));
    response.on('close', () => {
      this.hasEnded = true;
      this.wake();
    });
  }

  /** Opens a stream. The response can be a problem. */
  static open({ url, token }: Person, query: Query = {}, headers: Record<string, string> = {}): Promise<OpenStream> {
    return new Promise((resolve, reject) => {
      const sent = request(new URL(STREAM + queryString(query), url), {
        headers: { authorization: `Bearer ${token}`, ...headers },
        agent: false,
      });
      sent.on('response', (response) => {
        resolve(new OpenStream(response));
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  get status(): number {
    return this.response.statusCode!;
  }

  /** Whether the server ended the response, so that it is complete. */
  get isComplete(): boolean {
    return this.response.complete && !this.error;
  }

  /** Returns the next event; undefined if the stream has ended. */
  async next(): Promise<StreamEvent | undefined> {
    while (this.ready.length === 0 && !this.hasEnded) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.ready.shift();
  }

  /** Reads events until one is of the kind that the test waits for, and returns those of this kind so far. */
  async until(isThere: (event: StreamEvent) => boolean): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (let event = await this.next(); event; event = await this.next()) {
      events.push(event);
      if (isThere(event)) return events;
    }
    throw new Error(`The stream has ended after ${JSON.stringify(events.at(-1))}.`);
  }

  /** Reads the events until the stream ends. */
  async rest(): Promise<StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (let event = await this.next(); event; event = await this.next()) events.push(event);
    return events;
  }

  close(): void {
    this.response.destroy();
  }

  private add(text: string): void {
    const blocks = (this.buffered + text).split('\n\n');
    this.buffered = blocks.pop()!;
    this.ready.push(...blocks.map(parseEvent));
    this.wake();
  }
}

function parseEvent(block: string): StreamEvent {
  const fields: Record<string, string> = {};
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line)!;
    fields[name === '' ? 'comment' : name] = value;
  }
  const { data, ...others } = fields;
  return { ...others, ...(data !== undefined && { data: JSON.parse(data) as never }) };
}
