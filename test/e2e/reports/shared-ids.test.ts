import { ndjsonRows } from '../../support/exports';
import { readFeed } from '../../support/feed';
import { ingest, minutesAgo, recordOf } from '../../support/ingestion';
import { untilSequenced } from '../../support/ledger';
import { REPORT, type Person, type Row } from '../../support/person';
import { SUMMARY } from '../../support/summary';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** The id of a record from another system depends on its time and key only, so two accounts can have the same one. */
describe('records of two accounts with the same id', () => {
  const service = useService();
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');
  const occurredAt = minutesAgo(5);
  const query = { userEmail: 'nadia@night-shift.example' };
  const ids: string[] = [];

  const rowsOf = async (person: Person): Promise<Row[]> => (await person.get(REPORT, query).expect(200)).body.data;

  beforeAll(async () => {
    for (const [person, comment] of [
      [manager, 'first'],
      [other, 'second'],
    ] as const) {
      const { body } = await ingest(person, [recordOf('same-key', { occurredAt, comment })]).expect(200);
      ids.push(body.records[0].id);
      await untilSequenced(service);
    }
  });

  it.each<[string, () => Person, string]>([
    ['of the first account', () => manager, 'first'],
    ['of the second account', () => other, 'second'],
  ])('are read only by their own account, everywhere: %s', async (_, person, comment) => {
    expect(ids[0]).toBe(ids[1]);
    const [row] = (await readFeed(person(), query)).data;
    expect(row).toMatchObject({ id: ids[0], comment });
    const { sequence: __, ...shown } = row!;
    expect(await rowsOf(person())).toEqual([shown]);
    expect(await ndjsonRows(person(), query)).toEqual([shown]);
    const { body } = await person().get(`/v1/activities/${ids[0]}`).expect(200);
    expect(body).toMatchObject(shown);
    const summary = await person()
      .get(SUMMARY, { ...query, q: 'Nadia', groupBy: 'hourOfDay' })
      .expect(200);
    expect(summary.body.totals.count).toBe(1);
  });

  it('have different times of recording', async () => {
    const times = await Promise.all([manager, other].map(async (person) => (await rowsOf(person))[0]!.recordedAt));
    expect(times[0]).not.toBe(times[1]);
  });
});
