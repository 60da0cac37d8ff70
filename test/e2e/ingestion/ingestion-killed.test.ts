import { setTimeout } from 'node:timers/promises';
import { Config } from '../../../src/config/config';
import { batchOf, ingest, ingestedRows, type RecordRequest } from '../../support/ingestion';
import { ServiceProcess } from '../../support/process';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const KILLS = scaled(14, 4);
const BATCHES = 3;
const RECORDS = 1000;

/** A batch, and whether the process that it was sent to answered it before it was killed. */
interface Attempt {
  readonly prefix: string;
  readonly records: RecordRequest[];
  isAnswered: boolean;
}

describe('batches of a thousand whose process is killed', () => {
  const service = useService();
  const manager = useManager(service);

  /** Starts a process, sends it three batches at once, and kills it so many milliseconds later, or when all are answered. */
  async function sendAndKill(name: string, after?: number): Promise<{ attempts: Attempt[]; took: number }> {
    const { DATABASE_URL } = service.app.get(Config);
    const running = await ServiceProcess.start({ DATABASE_URL, SCHEDULE_JOBS: 'false' });
    const headers = { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' };
    const attempts = Array.from({ length: BATCHES }, (_, place): Attempt => {
      const prefix = `${name}-${place}`;
      return { prefix, records: batchOf(RECORDS, prefix), isAnswered: false };
    });
    const start = performance.now();
    const sent = attempts.map(async (attempt) => {
      const body = JSON.stringify({ records: attempt.records });
      const answer = await fetch(`${running.url}/v1/activities`, { method: 'POST', headers, body });
      expect([answer.status, await answer.json()]).toMatchObject([200, { recorded: RECORDS }]);
      attempt.isAnswered = true;
    });
    const answers = Promise.allSettled(sent);
    await (after === undefined ? answers : setTimeout(after));
    const took = performance.now() - start;
    await running.kill();
    for (const answer of await answers) {
      // Whatever is answered is right; a killed process answers nothing.
      if (answer.status === 'rejected') expect(String(answer.reason)).toMatch(/fetch failed|terminated/);
    }
    return { attempts, took };
  }

  const countsOf = (attempts: readonly Attempt[]): Promise<number[]> =>
    Promise.all(
      attempts.map(async ({ prefix }) => {
        const count = `SELECT COUNT(*) AS count FROM activities WHERE details LIKE '%"key":"${prefix}-%'`;
        return Number((await service.writeSource.query<{ count: string }[]>(count))[0]!.count);
      }),
    );

  it('are there whole or not at all, and when they are sent again exactly once', async () => {
    const { took } = await sendAndKill('unhurt');
    let [lost, answered] = [0, 0];
    for (let kill = 0; kill < KILLS; kill++) {
      // The first kill comes before anything can be recorded, and the last one after everything is answered.
      const isLast = kill === KILLS - 1;
      const { attempts } = await sendAndKill(`kill-${kill}`, isLast ? undefined : (took * 1.4 * kill) / (KILLS - 1));
      const counts = await countsOf(attempts);
      attempts.forEach(({ isAnswered }, place) => {
        expect(isAnswered ? [RECORDS] : [0, RECORDS]).toContain(counts[place]);
        if (isAnswered) answered++;
        else if (counts[place] === 0) lost++;
      });
      for (const [place, { records }] of attempts.entries()) {
        const missing = RECORDS - counts[place]!;
        const { body } = await ingest(manager, records).expect(200);
        expect(body).toMatchObject({ recorded: missing, duplicates: RECORDS - missing });
      }
      expect(await countsOf(attempts)).toEqual(attempts.map(() => RECORDS));
    }
    expect(lost).toBeGreaterThan(0);
    expect(answered).toBeGreaterThan(0);
    const ids = (await ingestedRows(service)).map(({ id }) => id);
    expect(ids).toHaveLength((KILLS + 1) * BATCHES * RECORDS);
    expect(await manager.walk({ activity: 'page.accessed', limit: 1000 })).toHaveLength(ids.length);
  }, 900_000);
});
