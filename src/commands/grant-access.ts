import { FullAccess } from '../access/setup/full-access';
import type { Config } from '../config/config';

import { COMMAND_SETTINGS, type CreateApp } from './create-app';
import { CommandError } from './exit-message';

/** Activates the user with an email address, and gives them every privilege in their account. */
export async function grantAccess(
  createApp: CreateApp,
  config: Config,
  options: { readonly email: string },
): Promise<void> {
  const email = options.email.trim().toLowerCase();
  const app = await createApp(Object.assign(config, COMMAND_SETTINGS));
  try {
    await app.init();
    const grant = await app.get(FullAccess).grant(email);
    if (!grant) throw new CommandError(`There is no user with the email address ${email}; nothing was changed.`);
    const { user, hasChanged, roleName } = grant;
    console.log(
      hasChanged
        ? `${user.name} <${email}> is active and has every privilege, through the role "${roleName}".`
        : `${user.name} <${email}> had every privilege already, through the role "${roleName}"; nothing was changed.`,
    );
  } finally {
    await app.close();
  }
}
