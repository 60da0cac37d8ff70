import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { GroupCommit, TooManyWaiting } from '../../src/audit/recording/group-commit';
import { OutcomeUnknown } from '../../src/database/transaction';

const failure = (code: string) => Object.assign(new Error(code), { code });
const unknown = () => new OutcomeUnknown(failure('ECONNRESET'));

/** The outcome of each promise: what it was rejected with, or `committed`. */
const outcomes = async (promises: readonly Promise<void>[]): Promise<unknown[]> =>
  (await Promise.allSettled(promises)).map((one) => (one.status === 'fulfilled' ? 'committed' : one.reason));

describe('a group commit', () => {
  /** The batches so far, and what each of them does when it is committed. */
  let batches: (readonly string[])[];
  let commit: (items: readonly string[]) => Promise<void>;
  let group: GroupCommit<string>;
  const addAll = (items: string) => [...items].map((item) => group.add(item));

  beforeEach(() => {
    batches = [];
    commit = () => Promise.resolve();
    group = new GroupCommit<string>({
      commit: (items) => {
        batches.push(items);
        return commit(items);
      },
      sizeOfBatch: (waiting) => Math.min(waiting, 4),
      maxWaiting: 6,
    });
  });

  it('commits together what arrives together, and forms the next batch while it commits', async () => {
    let end = (): void => undefined;
    commit = () => new Promise((resolve) => (end = resolve));
    const [first, second, third] = addAll('abc');
    await setImmediate();
    const later = addAll('de');
    await setImmediate();
    expect(batches.map(String)).toEqual(['a,b,c']);
    end();
    await Promise.all([first, second, third]);
    await setImmediate();
    expect(batches.map(String)).toEqual(['a,b,c', 'd,e']);
    end();
    await Promise.all(later);
  });

  it('commits everything, in the order of arrival, in batches of limited size', async () => {
    expect(await outcomes(addAll('abcdef'))).toEqual(Array(6).fill('committed'));
    expect(batches.map(String)).toEqual(['a,b,c,d', 'e,f']);
    await group.add('g');
    expect(batches.map(String)).toEqual(['a,b,c,d', 'e,f', 'g']);
  });

  it('fails only the item that cannot be committed', async () => {
    const refused = failure('ER_DATA_TOO_LONG');
    commit = (items) => (items.includes('b') ? Promise.reject(refused) : Promise.resolve());
    expect(await outcomes(addAll('abc'))).toEqual(['committed', refused, 'committed']);
    expect(batches.map(String)).toEqual(['a,b,c', 'a', 'b', 'c']);
  });

  it('fails all items at once while the database is unavailable', async () => {
    const away = failure('ECONNREFUSED');
    commit = () => Promise.reject(away);
    expect(await outcomes(addAll('abcd'))).toEqual(Array(4).fill(away));
    expect(batches.map(String)).toEqual(['a,b,c,d', 'a']);
  });

  it('fails all items at once if one of them waits for a lock in vain, because each of the others would wait too', async () => {
    const locked = failure('ER_LOCK_WAIT_TIMEOUT');
    commit = () => Promise.reject(locked);
    expect(await outcomes(addAll('abcd'))).toEqual(Array(4).fill(locked));
    expect(batches.map(String)).toEqual(['a,b,c,d', 'a']);
  });

  it('finds out what a batch with an unknown outcome has committed', async () => {
    const duplicate = failure('ER_DUP_ENTRY');
    commit = (items) => {
      if (items.length > 1) return Promise.reject(unknown());
      return items.includes('b') ? Promise.resolve() : Promise.reject(duplicate);
    };
    expect(await outcomes(addAll('abc'))).toEqual(['committed', 'committed', 'committed']);
  });

  it('tries an item with an unknown outcome again, even if it is alone', async () => {
    commit = () => (batches.length === 1 ? Promise.reject(unknown()) : Promise.reject(failure('ER_DUP_ENTRY')));
    expect(await outcomes([group.add('a')])).toEqual(['committed']);
  });

  it('says that the outcome is unknown if it cannot find out', async () => {
    commit = () => Promise.reject(batches.length === 1 ? unknown() : failure('ECONNREFUSED'));
    expect(await outcomes(addAll('ab'))).toEqual([expect.any(OutcomeUnknown), expect.any(OutcomeUnknown)]);
  });

  it('takes a duplicate for an error if the outcome was not unknown', async () => {
    const duplicate = failure('ER_DUP_ENTRY');
    commit = () => Promise.reject(duplicate);
    expect(await outcomes([group.add('a')])).toEqual([duplicate]);
  });

  it('refuses an item when too many wait, and commits the others', async () => {
    expect(await outcomes(addAll('abcdefg'))).toEqual([
      ...Array<string>(6).fill('committed'),
      expect.any(TooManyWaiting),
    ]);
  });

  it('runs in the context of no request', async () => {
    const requests = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    commit = async () => {
      await setImmediate();
      seen.push(requests.getStore());
    };
    await requests.run('a request', async () => {
      await Promise.all(addAll('abcde'));
      expect(requests.getStore()).toBe('a request');
    });
    expect(seen).toEqual([undefined, undefined]);
  });
});
