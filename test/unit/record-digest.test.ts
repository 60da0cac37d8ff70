import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { digestOf, encodePersonal, encodeRecord, leafHashOf } from '../../src/audit/ledger/record-digest';
import type { Activity } from '../../src/audit/recording/activity.entity';
import { canonicalJson } from '../../src/lib/canonical-json';

/** A test vector of docs/ledger.md. */
interface Vector {
  readonly record: Activity;
  readonly salt: string;
  readonly personal: string;
  readonly personalHash: string;
  readonly encoded: string;
  readonly digest: string;
  readonly sequence: number;
  readonly recordedAt: string;
  readonly leaf: string;
  readonly leafHash: string;
}

const [, block = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/ledger.md', 'utf8')) ?? [];
const VECTORS = JSON.parse(block) as readonly Vector[];

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

describe('the digest of a record', () => {
  it.each(VECTORS)('is the one of the test vector %#', (vector) => {
    const { record, salt, digest, personalHash, sequence, recordedAt } = vector;
    expect(encodePersonal(record, salt)).toBe(vector.personal);
    expect(encodeRecord(record, personalHash)).toBe(vector.encoded);
    expect(digestOf(record, salt)).toEqual({ digest, personalHash });
    expect(leafHashOf({ accountId: record.accountId, digest, recordedAt, sequence })).toBe(vector.leafHash);
  });

  it('is the SHA-256 of the texts that the documentation shows', () => {
    expect(VECTORS).toHaveLength(3);
    for (const { personal, personalHash, encoded, digest, leaf, leafHash } of VECTORS) {
      expect([personal, encoded].map((text) => sha256(text))).toEqual([personalHash, digest]);
      expect(sha256(Buffer.from([0]), leaf)).toBe(leafHash);
    }
  });

  it.each(['userName', 'comment', 'ipAddress', 'userAgent', 'details', 'sentBy', 'userEmail'])(
    'depends on the personal column %s only by a salted hash',
    (column) => {
      const { record, salt } = VECTORS[0]!;
      const changed = { ...record, [column]: column === 'details' ? { other: 1 } : 'other' };
      expect(digestOf(changed, salt)).not.toEqual(digestOf(record, salt));
      expect(encodeRecord(changed, 'hash')).toBe(encodeRecord(record, 'hash'));
    },
  );

  it.each(['accountId', 'userId', 'activity', 'outcome', 'orderReference', 'currency', 'page', 'requestId'])(
    'depends on the column %s',
    (column) => {
      const { record } = VECTORS[0]!;
      expect(encodeRecord({ ...record, [column]: 'other' }, 'hash')).not.toBe(encodeRecord(record, 'hash'));
    },
  );
});

describe('canonical JSON', () => {
  it('sorts the members of objects by their UTF-16 code units', () => {
    const object = { '\u{1F600}': 1, '\uFB33': 2, é: 3, b: { d: [], c: {} }, '10': 4, '2': 5, a: null };
    expect(canonicalJson(object)).toBe('{"10":4,"2":5,"a":null,"b":{"c":{},"d":[]},"é":3,"😀":1,"\uFB33":2}');
  });

  it('keeps every value, and does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });
});

/** Returns the value with the members of its objects in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
