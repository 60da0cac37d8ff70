import './commands/allocation';
import './commands/compile-cache';
import 'reflect-metadata';
import { Command } from 'commander';
import { createApp } from './app';
import { createAccount } from './commands/create-account';
import { demo } from './commands/demo';
import { toExitMessage } from './commands/exit-message';
import { grantAccess } from './commands/grant-access';
import { migrate } from './commands/migrate';
import { runJobs } from './commands/run-jobs';
import { loadConfig } from './config/config';
import { ENTITIES } from './entities';

/** Runs the command that the arguments name. */
async function main(): Promise<void> {
  const program = new Command('activity').description('User activity reports: migrations, accounts and the demo.');

  program
    .command('migrate')
    .description('bring the schema of DATABASE_URL up to date')
    .action(() => migrate(loadConfig()));

  program
    .command('create-account')
    .description('create an account and its first manager, and print the password once')
    .requiredOption('--name <name>', "the merchant's name")
    .requiredOption('--time-zone <zone>', 'IANA time zone of its reports, such as Europe/Bucharest')
    .requiredOption('--email <email>', 'email address that the manager logs in with')
    .requiredOption('--manager-name <name>', "the manager's name")
    .action((options: Parameters<typeof createAccount>[2]) => createAccount(createApp, loadConfig(), options));

  program
    .command('grant-access')
    .description('give a user every privilege, if nobody in their account can manage access any more')
    .requiredOption('--email <email>', 'email address that the user logs in with')
    .action((options: Parameters<typeof grantAccess>[2]) => grantAccess(createApp, loadConfig(), options));

  program
    .command('run-jobs')
    .description(
      'run every scheduled job once, for an external scheduler: renewals, charges, refunds, emails, ' +
        'counts of refused logins, deletion of outdated rows',
    )
    .action(() => runJobs(createApp, loadConfig()));

  program
    .command('demo')
    .description('start the service with demo data, on a database that contains nothing else')
    .action(() => demo(createApp, loadConfig(), ENTITIES));

  await program.parseAsync();
}

main().catch((error: unknown) => {
  console.error(toExitMessage(error));
  process.exit(1);
});
