import { randomPassword } from '../access/members/password';
import type { Config } from '../config/config';
import type { Entities } from '../database/sources/data-sources';
import { DEMO_ACCOUNTS } from '../demo/accounts/demo-accounts';
import { DemoData } from '../demo/demo-data';
import { DemoModule } from '../demo/demo.module';
import { assertDemoDatabase } from './assert-demo-database';
import type { CreateApp } from './create-app';
import { runMigrations } from './migrate';
import { serve } from './serve';

/** Starts the service with demo data, and prints its URL, users and password. */
export async function demo(createApp: CreateApp, config: Config, entities: Entities): Promise<void> {
  await assertDemoDatabase(config, entities);
  await runMigrations(config);
  const password = config.DEMO_PASSWORD ?? randomPassword();
  // Logs little by default, so that the text below stays visible.
  const quiet = { LOG_LEVEL: config.LOG_LEVEL === 'info' ? 'warn' : config.LOG_LEVEL } as const;
  const url = await serve(createApp, Object.assign(config, quiet), {
    imports: [DemoModule],
    demoPassword: password,
    prepare: (app) => app.get(DemoData).prepare(password),
  });
  const users = DEMO_ACCOUNTS.flatMap(({ name, roles, users }) =>
    users.map(({ email, roleId }) => {
      const role = roles.find(({ id }) => id === roleId);
      return `    ${email.padEnd(28)}${name.padEnd(16)}${role?.name ?? ''}`;
    }),
  );
  const [place, remains] =
    config.database.kind === 'sqlite' ? [config.database.file, 'that file'] : ['the database', 'its tables'];
  console.log(`
  User activity reports, with demo data

  Swagger UI   ${url.replace('[::1]', 'localhost')}/docs
  Password     ${password}   (of every user below)

  Users:
${users.join('\n')}

  Press Ctrl+C to stop. The data is kept in ${place}. To start afresh, stop the demo and delete ${remains}.
`);
}
