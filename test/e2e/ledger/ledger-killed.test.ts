import { Config } from '../../../src/config/config';
import { batchOf } from '../../support/ingestion';
import { count, expectCompleteLedgers, untilSequenced } from '../../support/ledger';
import { ServiceProcess } from '../../support/process';
import { scaled } from '../../support/scale';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const KILLS = scaled(14, 4);
const REQUESTS = 60;

describe('records whose process is killed before it has sequenced them', () => {
  const service = useService();
  const manager = useManager(service);
  const acknowledged: string[] = [];

  /** Starts a process, sends it page views and batches, and kills it when so many are answered. */
  async function writeAndKill(round: number, afterAnswers: number): Promise<void> {
    const { DATABASE_URL } = service.app.get(Config);
    const running = await ServiceProcess.start({ DATABASE_URL, SCHEDULE_JOBS: 'false' });
    const headers = { authorization: `Bearer ${manager.token!}`, 'content-type': 'application/json' };
    let answers = 0;
    let killed: Promise<void> | undefined;
    const send = async (number: number): Promise<void> => {
      const title = `view ${round} ${number}`;
      const isBatch = number % 10 === 0;
      const body = isBatch ? { records: batchOf(50, title, { comment: title }) } : { page: '/killed', title };
      const path = isBatch ? '/v1/activities' : '/v1/page-views';
      const response = await fetch(running.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      await response.text();
      if (response.ok) acknowledged.push(title);
      if (++answers === afterAnswers) killed = running.kill();
    };
    await Promise.allSettled(Array.from({ length: REQUESTS }, (_, number) => send(number)));
    await (killed ?? running.kill());
  }

  it('get exactly one place each, by the next process that starts or by the job', async () => {
    let left = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      await writeAndKill(kill, 1 + Math.round((kill * (REQUESTS - 2)) / KILLS));
      if ((await count(service, 'SELECT COUNT(*) AS count FROM audit_pending')) > 0) left++;
    }
    expect(left).toBeGreaterThan(0);
    const { DATABASE_URL } = service.app.get(Config);
    const starting = await ServiceProcess.start({ DATABASE_URL, SCHEDULE_JOBS: 'false' });
    await untilSequenced(service);
    await starting.kill();
    await expectCompleteLedgers(service);
    const titles = await service.writeSource.query<{ comment: string }[]>(
      'SELECT DISTINCT comment FROM activities WHERE comment IS NOT NULL',
    );
    const recorded = new Set(titles.map(({ comment }) => comment));
    expect(acknowledged.filter((title) => !recorded.has(title))).toEqual([]);
  }, 900_000);

  it('are sequenced by the job of another process while it runs', async () => {
    const { DATABASE_URL } = service.app.get(Config);
    const other = await ServiceProcess.start({ DATABASE_URL, SCHEDULE_JOBS: 'true' });
    // The job may be faster than this test, so kills are repeated until records are pending after one.
    let left = 0;
    for (let round = KILLS; left === 0; round++) {
      await writeAndKill(round, 5);
      left = await count(service, 'SELECT COUNT(*) AS count FROM audit_pending');
    }
    await untilSequenced(service);
    await other.kill();
    await expectCompleteLedgers(service);
  }, 900_000);
});
