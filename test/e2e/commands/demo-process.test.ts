import { createServer } from 'node:net';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { Person } from '../../support/person';
import { close, open } from '../../support/ports';
import { BuiltProcess } from '../../support/process';

const [FIRST, SECOND] = ['the first password', 'the second password'];
const EMAIL = 'manager@demo.example';
const LAST_MONTH = { interval: 'last_month' };

describe('the command that starts the demo', () => {
  let database: TestDatabase;
  const started: BuiltProcess[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    for (const demo of started) await demo.kill();
    await database.drop();
  });

  function start(settings: Record<string, string>): BuiltProcess {
    const demo = BuiltProcess.start(['cli.js', 'demo'], { DATABASE_URL: database.url, ...settings });
    started.push(demo);
    return demo;
  }

  /** Starts the demo, and logs in with the password. */
  async function startAndLogIn(password: string): Promise<{ demo: BuiltProcess; manager: Person }> {
    const demo = start({ DEMO_PASSWORD: password });
    const url = (await demo.line(/Swagger UI +(http\S+)\/docs/))[1]!;
    const { body } = await new Person(url).post('/v1/auth/login', { email: EMAIL, password }).expect(200);
    return { demo, manager: new Person(url, body.token, body.user) };
  }

  it('uses the data of the first start in the second, with what was changed, and sets its own password', async () => {
    const { demo, manager } = await startAndLogIn(FIRST);
    const before = await manager.csv(LAST_MONTH);
    const product = { code: 'KEPT', name: 'Kept', currency: 'USD', price: '1', billingCycleMonths: 0 };
    await manager.post('/v1/products', product).expect(201);
    demo.signal('SIGTERM');
    expect(await demo.exit).toMatchObject({ code: 0, stderr: '' });

    const again = await startAndLogIn(SECOND);
    expect(await again.manager.csv(LAST_MONTH)).toBe(before);
    const { body } = await again.manager.get('/v1/products', { limit: 1000 }).expect(200);
    expect(body.data.filter(({ code }: { code: string }) => code === 'KEPT')).toHaveLength(1);
    await again.manager.post('/v1/auth/login', { email: EMAIL, password: FIRST }).expect(401);
  });

  it('says in one line that its port is taken', async () => {
    const server = createServer();
    const PORT = String(await open(server));
    const exit = await start({ PORT }).exit;
    await close(server);
    expect(exit.code).toBe(1);
    expect(exit.stderr).toBe(`Port ${PORT} is in use. Set PORT to another one.\n`);
  });
});
