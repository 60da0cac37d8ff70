import { gzipSync } from 'node:zlib';
import type { Change } from './generated-changes';
import type { RawRequest } from './raw-request';

/** A valid request that changes are applied to before it is sent. */
export interface Draft {
  readonly method: string;
  /** Path of the contract, such as `/v1/users/{id}`. */
  readonly template: string;
  segments: string[];
  query: [name: string, value: string][];
  headers: Record<string, string | string[]>;
  /** The body as a JSON value; undefined for no body. */
  body: unknown;
  /** The body to send if it is not the JSON of `body`. */
  raw?: string | Buffer;
}

/** Applies a change, unless the request has no such part. */
export function applyChange(draft: Draft, changed: Change, declaredQuery: readonly string[]): void {
  switch (changed.kind) {
    case 'field':
    case 'field removed':
    case 'field added':
      if (draft.body !== undefined) draft.body = withField(draft.body, changed);
      break;
    case 'body':
      draft.body = changed.value;
      break;
    case 'raw body':
      draft.raw = changed.text;
      break;
    case 'raw bytes':
      draft.raw = Buffer.from(changed.hex, 'hex');
      break;
    case 'compressed body':
      draft.raw = gzipSync(JSON.stringify(draft.body ?? {}));
      draft.headers['content-encoding'] = changed.encoding;
      break;
    case 'query':
      for (const item of changed.values) draft.query.push([changed.name, item]);
      break;
    case 'declared query': {
      const parameter = declaredQuery[changed.place % Math.max(1, declaredQuery.length)];
      if (parameter === undefined) break;
      draft.query = draft.query.filter(([known]) => known !== parameter);
      for (const item of changed.values) draft.query.push([parameter, item]);
      break;
    }
    case 'raw query':
      draft.query.push([changed.text, '']);
      break;
    case 'path': {
      const places = draft.template.split('/').flatMap((segment, index) => (segment.startsWith('{') ? index : []));
      const at = places[changed.place % Math.max(1, places.length)];
      if (at !== undefined && changed.segment !== '') draft.segments[at] = changed.segment;
      break;
    }
    case 'header':
      draft.headers[changed.name] = typeof changed.value === 'string' ? changed.value : [...changed.value];
  }
}

/** Returns the request to send. */
export function rawRequest({ method, segments, query, headers, body, raw }: Draft): RawRequest {
  const search = query.map(([parameter, item]) => (item === '' ? parameter : `${parameter}=${item}`)).join('&');
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const type = sent !== undefined && headers['content-type'] === undefined && { 'content-type': 'application/json' };
  const length = sent !== undefined && { 'content-length': Buffer.byteLength(sent) };
  const target = segments.join('/') + (query.length > 0 ? `?${search}` : '');
  return { method, target, headers: { ...type, ...length, ...headers }, ...(sent !== undefined && { body: sent }) };
}

/** Copies a body with one change at any depth: a value is replaced or removed, or an object gets one more field. */
function withField(body: unknown, changed: Extract<Change, { kind: `field${string}` }>): unknown {
  const copy: unknown = structuredClone(body);
  const places = placesOf(copy);
  if (changed.kind === 'field added') {
    const holders = [copy, ...places.map(({ holder, key }) => holder[key])].filter(isRecord);
    const holder = holders[changed.place % Math.max(1, holders.length)];
    // Defines the field as JSON.parse does, even if its name is `__proto__`.
    if (holder)
      Object.defineProperty(holder, changed.name, { value: changed.value, enumerable: true, configurable: true });
    return copy;
  }
  const at = places[changed.place % Math.max(1, places.length)];
  if (!at) return copy;
  if (changed.kind === 'field') at.holder[at.key] = changed.value;
  else if (Array.isArray(at.holder)) at.holder.splice(Number(at.key), 1);
  else Reflect.deleteProperty(at.holder, at.key);
  return copy;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesOf(part: unknown): Place[] {
  if (typeof part !== 'object' || part === null) return [];
  const holder = part as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}

function isRecord(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
