import { randomPassword } from '../access/members/password';
import { AccountSetup } from '../access/setup/account-setup';
import type { Config } from '../config/config';
import { Problem } from '../http/problems/problem';
import { isEmailAddress, SINGLE_LINE } from '../http/validation/dto-fields';
import { isTimeZone } from '../lib/time/zoned-time';
import { COMMAND_SETTINGS, type CreateApp } from './create-app';
import { CommandError } from './exit-message';

/** Options of the command `create-account`. */
interface AccountOptions {
  readonly name: string;
  readonly timeZone: string;
  readonly email: string;
  readonly managerName: string;
}

/** Creates an account with its first manager, and prints the manager's generated password. Only its hash is stored. */
export async function createAccount(createApp: CreateApp, config: Config, options: AccountOptions): Promise<void> {
  const { name, timeZone, managerName } = options;
  const email = options.email.trim().toLowerCase();
  if (!isTimeZone(timeZone)) throw new CommandError(`--time-zone must be an IANA time zone such as Europe/Bucharest.`);
  if (!isEmailAddress(email) || email.length > 254) throw new CommandError('--email must be an email address.');
  for (const [option, text] of [
    ['--name', name],
    ['--manager-name', managerName],
  ] as const) {
    if (!text.trim() || text.length > 200) throw new CommandError(`${option} must be 1 to 200 characters long.`);
    if (!SINGLE_LINE.test(text.trim())) throw new CommandError(`${option} must be a single line.`);
  }
  const password = randomPassword();
  const app = await createApp(Object.assign(config, COMMAND_SETTINGS));
  try {
    await app.init();
    const manager = { email, name: managerName.trim(), password };
    const { accountId } = await app.get(AccountSetup).create({ name: name.trim(), timeZone, manager });
    console.log(
      `Created the account ${accountId}. Its manager logs in with ${email} and this password, ` +
        `which is shown only once:\n\n  ${password}\n`,
    );
  } catch (error) {
    if (error instanceof Problem && error.code === 'email_taken')
      throw new CommandError(`A user with the email address ${email} already exists; nothing was created.`);
    throw error;
  } finally {
    await app.close();
  }
}
