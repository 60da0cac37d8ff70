import { csvLines } from '../../support/csv';
import { ingest, recordOf } from '../../support/ingestion';
import type { Person, Row } from '../../support/person';
import { recordFor } from '../../support/records';
import { Service } from '../../support/service';

/** Minutes of a day of January 2026, whose report is read in March. */
const at = (minute: number) => new Date(Date.UTC(2026, 0, 15, 10, minute)).toISOString();
const LAST_MONTH = { from: '2026-01-01', to: '2026-01-31', activity: 'page.accessed' };

describe('records of last month that arrive now', () => {
  let service: Service;
  let manager: Person;

  beforeEach(async () => {
    service = await Service.start();
    await service.newManager('manager@one.example', 'UTC');
    service.setTime('2026-02-10T12:00:00Z');
    manager = await service.login('manager@one.example');
    // The even minutes were recorded when they happened.
    const even = Array.from({ length: 30 }, (_, place) => ({
      at: at(place * 2),
      fields: { page: `Minute ${place * 2}` },
    }));
    await recordFor(service, manager, even);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await service.stop();
  });

  const send = (...minutes: number[]) =>
    ingest(
      manager,
      minutes.map((minute) => recordOf(`minute ${minute}`, { occurredAt: at(minute), page: `Minute ${minute}` })),
    ).expect(200);
  const pagesOf = (rows: readonly Row[]) => rows.map(({ page }) => Number(String(page).slice('Minute '.length)));

  it.each(['last_month', 'custom'])('appear in its report, in their place: %s', async (interval) => {
    await send(59, 1, 31);
    const query = interval === 'custom' ? LAST_MONTH : { interval, activity: 'page.accessed' };
    const expected = [...Array.from({ length: 30 }, (_, place) => place * 2), 1, 31, 59].sort((a, b) => a - b);
    expect(pagesOf(await manager.report({ ...query, order: 'asc' }))).toEqual(expected);
    expect(pagesOf(await manager.report(query))).toEqual(expected.toReversed());
    const [, ...lines] = csvLines(await manager.csv({ ...query, order: 'asc' }));
    expect(lines.map(([date]) => date)).toEqual(
      expected.map((minute) => `2026-01-15 10:${String(minute).padStart(2, '0')}:00`),
    );
    expect(pagesOf(await manager.report({ interval: 'this_month', activity: 'page.accessed' }))).toEqual([]);
  });

  it('are in their place among records of the same moment, too', async () => {
    const moment = at(10);
    const sent = ['a', 'b', 'c', 'd'].map((key) => recordOf(key, { occurredAt: moment, page: 'Minute 10' }));
    await ingest(manager, sent).expect(200);
    const rows = (await manager.report(LAST_MONTH)).filter(
      ({ occurredAt }) => Date.parse(occurredAt) === Date.parse(moment),
    );
    expect(rows).toHaveLength(5);
    const walked = await manager.walk({ ...LAST_MONTH, limit: 1 });
    expect(walked.map(({ id }) => id)).toEqual((await manager.report(LAST_MONTH)).map(({ id }) => id));
  });

  it.each([
    ['asc', [1, 3, 5], [55, 57]],
    ['desc', [55, 57, 59], [1, 3]],
  ] as const)(
    'do not disturb a walk that passed their place, and are in the one that comes there: %s',
    async (order, passed, ahead) => {
      const query = { ...LAST_MONTH, order, limit: 5 };
      const before = pagesOf(await manager.report({ ...query, limit: 1000 }));
      let pages = 0;
      const walked = await manager.walk(query, async () => {
        if (++pages === 3) await send(...passed, ...ahead);
      });
      const expected = [...before, ...ahead].sort((a, b) => (order === 'asc' ? a - b : b - a));
      expect(pagesOf(walked)).toEqual(expected);
      expect(new Set(walked.map(({ id }) => id)).size).toBe(walked.length);
      expect(await manager.report({ ...query, limit: 1000 })).toHaveLength(
        before.length + passed.length + ahead.length,
      );
    },
  );

  it.each(['asc', 'desc'])('do not disturb a walk however many come at each of its pages: %s', async (order) => {
    const query = { ...LAST_MONTH, order, limit: 4 };
    const before = (await manager.report({ ...query, limit: 1000 })).map(({ id }) => id);
    let round = 0;
    const walked = await manager.walk(query, async () => {
      round++;
      const records = Array.from({ length: 10 }, (_, place) =>
        recordOf(`round ${round} ${place}`, { occurredAt: new Date(Date.parse(at(place * 6)) + round).toISOString() }),
      );
      await ingest(manager, records).expect(200);
      expect(round).toBeLessThan(100);
    });
    const ids = walked.map(({ id }) => id);
    expect(before.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual([...ids].sort((a, b) => (a < b === (order === 'asc') ? -1 : 1)));
  });
});
