import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import type { FetchedReport } from '../../clients/fetched-report';

const run = promisify(execFile);
/** The longest time that the generators and the compiler can take while other tests run: 10 s alone. */
const GENERATION_MS = 180_000;

describe('clients of other generators', () => {
  const service = useService();
  const manager = useManager(service);

  beforeAll(async () => {
    // Generates them, and checks the types of the programs in test/clients that use them.
    await run('npm', ['run', '--silent', 'clients']);
    await manager.post('/v1/roles', { name: 'Auditors', privileges: ['users_activity'] }).expect(201);
  }, GENERATION_MS);

  it.each(['hey-api', 'orval'])('%s fetches a report, the page after it, and a CSV', async (generator) => {
    const program = `var/clients/built/test/clients/${generator}.js`;
    const { stdout } = await run(process.execPath, [program, service.url, manager.token!]);
    const { rows, csv } = JSON.parse(stdout) as FetchedReport;
    expect(rows.map(({ activity }) => activity)).toEqual(['role.created', 'user.login']);
    expect(rows.map(({ at }) => Number.isNaN(Date.parse(at)))).toEqual([false, false]);
    const [header, ...lines] = csv.trimEnd().split('\r\n');
    expect(header).toBe('Date,Activity code,Comment');
    expect(lines).toContainEqual(expect.stringMatching(/^[-0-9]{10} [:0-9]{8},role.created,Auditors$/));
  });
});
