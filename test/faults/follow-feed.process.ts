import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { FollowerTask, StoredPart, StoredRow } from './feed-follower';

/**
 * Follows the feed until it is killed, and appends what it receives to a file, together with the cursor to go on with.
 * So a restart goes on from the last complete line of the file.
 */
const task = JSON.parse(process.argv[2]!) as FollowerTask;
/** Seconds for which a poll is held. */
const WAIT = 2;
/** Milliseconds before a request is sent again, to the next service. */
const PAUSE = 100;

interface FeedRow {
  readonly sequence: number;
  readonly id: string;
  readonly recordedAt: string;
}

/** Reads where to go on, and cuts off the end of a line that was not written completely. */
function readCursor(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  truncateSync(file, Buffer.byteLength(complete));
  const last = complete.trimEnd().split('\n').at(-1);
  return last ? (JSON.parse(last) as StoredPart).cursor : undefined;
}

function store(part: StoredPart): void {
  appendFileSync(task.file, `${JSON.stringify(part)}\n`);
}

function storedRow({ sequence, id, recordedAt }: FeedRow): StoredRow {
  return [sequence, id, Date.parse(recordedAt)];
}

/** Sends a request. Throws if the service cannot respond now; ends the process if it refuses the request. */
async function open(url: string, cursor: string | undefined): Promise<Response> {
  const parameters = new URLSearchParams(
    task.limit === 'stream' ? {} : { limit: String(task.limit), wait: String(WAIT) },
  );
  if (cursor !== undefined) parameters.set('after', cursor);
  const path = task.limit === 'stream' ? '/v1/activities/stream' : '/v1/activities';
  const response = await fetch(`${url}${path}?${parameters.toString()}`, {
    headers: { authorization: `Bearer ${task.token}` },
  });
  if (response.ok) return response;
  const text = await response.text();
  if (response.status === 503 || response.status === 429) throw new Error(text);
  store({ cursor, rows: [], settledThrough: null, isAtEnd: false, problem: `${response.status} ${text}` });
  process.exit(1);
}

async function poll(url: string, cursor: string | undefined): Promise<string> {
  const body = (await (await open(url, cursor)).json()) as {
    readonly data: readonly FeedRow[];
    readonly nextCursor: string;
    readonly settledThrough: string | null;
    readonly hasMore: boolean;
  };
  const settledThrough = body.settledThrough === null ? null : Date.parse(body.settledThrough);
  store({ cursor: body.nextCursor, rows: body.data.map(storedRow), settledThrough, isAtEnd: !body.hasMore });
  return body.nextCursor;
}

/** Stores the events of a stream, each with its cursor, until the stream ends. */
async function stream(url: string, cursor: string | undefined, go: (cursor: string) => void): Promise<void> {
  const response = await open(url, cursor);
  let buffered = '';
  for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (buffered + text).split('\n\n');
    buffered = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => splitField(line)));
      const [id, event] = [fields.get('id'), fields.get('event')];
      if (id === undefined) continue;
      const body = JSON.parse(fields.get('data')!) as FeedRow & { readonly settledThrough: string | null };
      const isAtEnd = event === 'settled';
      const settledThrough = isAtEnd && body.settledThrough !== null ? Date.parse(body.settledThrough) : null;
      store({ cursor: id, rows: isAtEnd ? [] : [storedRow(body)], settledThrough, isAtEnd });
      go(id);
    }
  }
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
}

async function follow(): Promise<void> {
  let cursor = readCursor(task.file);
  for (let attempt = 0; ; attempt++) {
    const url = task.urls[attempt % task.urls.length]!;
    try {
      if (task.limit === 'stream') await stream(url, cursor, (next) => (cursor = next));
      else for (;;) cursor = await poll(url, cursor);
    } catch {
      await setTimeout(PAUSE);
    }
  }
}

void follow();
