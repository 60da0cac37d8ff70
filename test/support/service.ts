import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { AccountSetup } from '../../src/access/setup/account-setup';
import { createApp, type AppOptions } from '../../src/app';
import { runMigrations } from '../../src/commands/migrate';
import { loadConfig } from '../../src/config/config';
import { READ_SOURCE } from '../../src/database/sources/data-sources';
import { Clock } from '../../src/lib/time/clock';
import { freshDatabase, type TestDatabase } from './database';
import { Person } from './person';
import { SeenHeaders } from './seen-headers';
import { SeenProblems } from './seen-problems';

export const PASSWORD = 'a password for tests';
/** The password that managers give to new users, who must change it. */
export const FIRST_PASSWORD = 'a first password for tests';

/** The resources of a running service. */
interface Running {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly url: string;
  readonly problems: SeenProblems;
  readonly headers: SeenHeaders;
}

/** The whole service, with its own database and port. */
export class Service {
  private running: Running | undefined;

  static async start(settings: NodeJS.ProcessEnv = {}, options: AppOptions = {}): Promise<Service> {
    const service = new Service();
    await service.start(settings, options);
    return service;
  }

  async start(settings: NodeJS.ProcessEnv = {}, options: AppOptions = {}): Promise<void> {
    const database = await freshDatabase();
    let app: NestFastifyApplication | undefined;
    try {
      const config = loadConfig({
        DATABASE_URL: database.url,
        LOG_LEVEL: 'silent',
        DATABASE_POOL_SIZE: '20',
        SCHEDULE_JOBS: 'false',
        // Tests of other things than this limit pass on slow machines too.
        SUMMARY_TIMEOUT_SECONDS: '120',
        ...settings,
      });
      await runMigrations(config);
      app = await createApp(config, options);
      const problems = new SeenProblems();
      problems.watch(app);
      const headers = new SeenHeaders();
      headers.watch(app);
      await app.listen(0, '127.0.0.1');
      const { port } = app.getHttpServer().address() as AddressInfo;
      this.running = { app, database, url: `http://127.0.0.1:${port}`, problems, headers };
    } finally {
      if (!this.running) {
        await app?.close();
        await database.drop();
      }
    }
  }

  /**
   * Does nothing if the service has not started.
   * @throws Error if the service returned a problem or a header that the contract does not declare
   */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    await running?.app.close();
    await running?.database.drop();
    running?.problems.check();
    running?.headers.check();
  }

  get app(): NestFastifyApplication {
    return this.started.app;
  }

  get url(): string {
    return this.started.url;
  }

  private get started(): Running {
    if (!this.running) throw new Error('The service is not running: use it in hooks and tests only.');
    return this.running;
  }

  /** Creates an account, and returns its first manager, who is logged in. */
  async newManager(email: string, timeZone = 'Europe/Bucharest', name = 'Maria Manager'): Promise<Person> {
    const manager = { email, name, password: PASSWORD };
    await this.app.get(AccountSetup).create({ name: `Merchant of ${email}`, timeZone, manager });
    return this.login(email);
  }

  /** Creates a user of the manager's account with a new role that has these privileges. The user is logged in. */
  async newUser(manager: Person, email: string, name: string, privileges: string[] = []): Promise<Person> {
    const role = await manager.post('/v1/roles', { name: `Role of ${email}`, privileges }).expect(201);
    const request = { email, name, password: FIRST_PASSWORD, roleIds: [role.body.id] };
    await manager.post('/v1/users', request).expect(201);
    const user = await this.login(email, FIRST_PASSWORD);
    const change = { currentPassword: FIRST_PASSWORD, newPassword: PASSWORD };
    await user.post('/v1/auth/password', change).expect(204);
    return user;
  }

  /** Returns a person who is not logged in. */
  get nobody(): Person {
    return new Person(this.url);
  }

  async login(email: string, password = PASSWORD): Promise<Person> {
    const { body } = await this.nobody.post('/v1/auth/login', { email, password }).expect(200);
    return new Person(this.url, body.token, body.user);
  }

  /** Sets the time of day until the test restores its mocks. */
  setTime(moment: string | Date): void {
    jest.spyOn(this.app.get(Clock), 'now').mockImplementation(() => new Date(moment));
  }

  get writeSource(): DataSource {
    return this.app.get<DataSource>(getDataSourceToken());
  }

  get readSource(): DataSource {
    return this.app.get<DataSource>(getDataSourceToken(READ_SOURCE));
  }
}
