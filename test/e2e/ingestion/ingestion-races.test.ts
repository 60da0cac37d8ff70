import { Config } from '../../../src/config/config';
import { batchOf, ingest, ingestedRows, recordOf } from '../../support/ingestion';
import { Person } from '../../support/person';
import { ServiceProcess } from '../../support/process';
import { scaled } from '../../support/scale';
import { useService } from '../../support/use-service';

/** How often each of the four clients sends the same batch. */
const TIMES = scaled(10, 3);

describe('batches that several clients send at once', () => {
  const service = useService();
  let clients: Person[];

  beforeAll(async () => {
    await service.newManager('manager@one.example');
    clients = await Promise.all(Array.from({ length: 4 }, () => service.login('manager@one.example')));
  });

  const keysOf = async (prefix: string) =>
    (await ingestedRows(service)).map(({ details }) => details.key).filter((key) => key.startsWith(prefix));
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

  it('are recorded once: a thousand records, several times by each of four', async () => {
    const records = batchOf(1000, 'four');
    const answers = await Promise.all(
      clients.map(async (client) => {
        const own = [];
        for (let time = 0; time < TIMES; time++) own.push((await ingest(client, records).expect(200)).body);
        return own;
      }),
    );
    const bodies = answers.flat();
    expect(bodies).toHaveLength(4 * TIMES);
    expect(sum(bodies.map(({ recorded }) => recorded))).toBe(1000);
    expect(sum(bodies.map(({ duplicates }) => duplicates))).toBe((4 * TIMES - 1) * 1000);
    for (const body of bodies) {
      const statuses: string[] = body.records.map(({ status }: { status: string }) => status);
      expect(statuses.filter((status) => status === 'recorded')).toHaveLength(body.recorded);
      expect(body.records.map(({ id }: { id: string }) => id)).toEqual(
        bodies[0].records.map(({ id }: { id: string }) => id),
      );
    }
    expect((await keysOf('four')).sort()).toEqual(records.map(({ key }) => key).sort());
    expect(await clients[0]!.report({ activity: 'page.accessed', limit: 1000 })).toHaveLength(1000);
  }, 360_000);

  it('are recorded once when all of them come at the same moment', async () => {
    const records = batchOf(1000, 'forty');
    const bodies = await Promise.all(
      Array.from(
        { length: 4 * TIMES },
        async (_, place) => (await ingest(clients[place % 4]!, records).expect(200)).body,
      ),
    );
    expect(sum(bodies.map(({ recorded }) => recorded))).toBe(1000);
    expect((await keysOf('forty')).sort()).toEqual(records.map(({ key }) => key).sort());
  }, 360_000);

  it('are recorded once when two processes take them', async () => {
    const { DATABASE_URL } = service.app.get(Config);
    const process = await ServiceProcess.start({ DATABASE_URL, SCHEDULE_JOBS: 'false' });
    const elsewhere = clients.map(({ token }) => new Person(process.url, token));
    const records = batchOf(1000, 'processes');
    try {
      const bodies = await Promise.all(
        [...clients, ...elsewhere].flatMap((client) =>
          [1, 2, 3].map(async () => (await ingest(client, records).expect(200)).body),
        ),
      );
      expect(sum(bodies.map(({ recorded }) => recorded))).toBe(1000);
      expect((await keysOf('processes')).sort()).toEqual(records.map(({ key }) => key).sort());
    } finally {
      await process.kill();
    }
  }, 360_000);

  it('are recorded once when they overlap, in whatever order their records are', async () => {
    const records = batchOf(600, 'overlap');
    const batches = Array.from({ length: 16 }, (_, place) => {
      const part = records.slice(place * 25, place * 25 + 225);
      return place % 2 ? part.reverse() : part.sort((a, b) => (String(a.key).at(-1)! < String(b.key).at(-1)! ? -1 : 1));
    });
    const bodies = await Promise.all(
      batches.map(async (batch, place) => (await ingest(clients[place % 4]!, batch).expect(200)).body),
    );
    expect(sum(bodies.map(({ recorded }) => recorded))).toBe(600);
    expect((await keysOf('overlap')).sort()).toEqual(records.map(({ key }) => key).sort());
  }, 360_000);

  it('are recorded for one of them alone when they mean different things', async () => {
    for (let round = 0; round < 5; round++) {
      const common = recordOf(`conflict-${round}`);
      const answers = await Promise.all(
        clients.map((client, place) =>
          ingest(client, [
            ...batchOf(20, `conflict-${round}-of-${place}`),
            { ...common, comment: `from client ${place}` },
          ]),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      for (const { status, body } of answers) {
        if (status === 409) expect(body).toMatchObject({ code: 'key_reused', errors: [{ field: '/records/20/key' }] });
      }
      const winner = answers.findIndex(({ status }) => status === 200);
      const kept = (await keysOf(`conflict-${round}`)).sort();
      expect(kept).toEqual(
        [
          String(common.key),
          ...Array.from({ length: 20 }, (_, place) => `conflict-${round}-of-${winner}-${place}`),
        ].sort(),
      );
    }
  });

  it('are recorded beside what users do meanwhile', async () => {
    const records = batchOf(1000, 'beside');
    const before = (await clients[0]!.report({ activity: 'role.created' })).length;
    await Promise.all([
      ...clients.map((client) => ingest(client, records).expect(200)),
      ...clients.map((client, place) => client.post('/v1/roles', { name: `R${place}`, privileges: [] }).expect(201)),
    ]);
    expect(await keysOf('beside')).toHaveLength(1000);
    expect(await clients[0]!.report({ activity: 'role.created' })).toHaveLength(before + 4);
  });
});
