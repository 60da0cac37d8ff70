import type { Person, Row } from '../../support/person';
import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a walk through the report while others keep writing', () => {
  const service = useService();
  const manager = useManager(service);
  let writers: Person[];

  beforeAll(async () => {
    writers = [
      await service.newUser(manager, 'john@one.example', 'John', ['manage_user_access']),
      await service.newUser(manager, 'elena@one.example', 'Elena', ['manage_user_access']),
    ];
    await recordFor(
      service,
      manager,
      Array.from({ length: 60 }, (_, index) => ({ at: new Date(Date.now() - 60_000 + (index >> 2)) })),
    );
  });
  afterEach(() => jest.restoreAllMocks());

  /** Both writers write, and what they wrote is in the record. */
  const write = () => Promise.all(writers.map((writer) => writer.get('/v1/roles').expect(200)));
  const idsOf = (rows: readonly Row[]) => rows.map(({ id }) => id);

  it.each(['asc', 'desc'])('neither skips nor repeats what was there when it began: %s', async (order) => {
    const before = new Set(idsOf(await manager.report({ order })));
    const walking = new AbortController();
    const writing = (async () => {
      while (!walking.signal.aborted) await write();
    })();
    let walked: Row[];
    try {
      walked = await manager.walk({ order, limit: 5 }, write);
    } finally {
      walking.abort();
      await writing;
    }

    const seen = idsOf(walked);
    expect(seen).toEqual([...seen].sort((a, b) => (a < b === (order === 'asc') ? -1 : 1)));
    expect(new Set(seen).size).toBe(seen.length);
    expect([...before].filter((id) => !seen.includes(id))).toEqual([]);
    expect((await manager.report({ order })).length).toBeGreaterThan(walked.length);
  });

  it('ends from the oldest on, however much is written meanwhile', async () => {
    const pages: Row[][] = [];
    const { length } = await manager.report();
    const walked = await manager.walk({ order: 'asc', limit: 10 }, async (page) => {
      pages.push(page);
      for (let round = 0; round < 6; round++) await write();
      expect(pages.length).toBeLessThanOrEqual(Math.ceil(length / 10) + 1);
    });
    // All rows that were there, and at least the record of the walk itself.
    expect(pages.flat().length).toBe(walked.length);
    expect(walked.length).toBeGreaterThan(length);
  });

  it.each(['asc', 'desc'])('stays in the interval that it began with, when midnight passes: %s', async (order) => {
    const evening = '2026-01-15T21:59:59.000Z';
    service.setTime(evening);
    const reader = await service.login('manager@one.example');
    await recordFor(
      service,
      manager,
      Array.from({ length: 9 }, (_, index) => ({ at: `2026-01-15T12:00:0${index}Z` })),
    );
    const query = { interval: 'today', activity: 'page.accessed', order, limit: 3 };
    const today = idsOf(await reader.report({ ...query, limit: 1000 }));
    const walked = await reader.walk(query, () => {
      service.setTime('2026-01-15T22:00:01.000Z');
      return Promise.resolve();
    });
    expect(today.length).toBeGreaterThanOrEqual(9);
    expect(idsOf(walked)).toEqual(today);
    expect(await reader.report(query)).toEqual([]);
  });
});
