import type { Account } from '../../access/accounts/account.entity';
import type { User } from '../../access/members/user.entity';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { Mail } from '../../mail/outbox';

/** The values that the email contains. */
interface InvitationContent {
  readonly user: Pick<User, 'accountId' | 'email' | 'name'>;
  readonly account: Pick<Account, 'name' | 'timeZone'>;
  /** Name of the user who sent the invitation. */
  readonly inviter: string;
  readonly link: string;
  readonly expiresAt: Date;
}

/** Writes the email with the link that lets a user choose a password. */
export function invitationMail({ user, account, inviter, link, expiresAt }: InvitationContent): Mail {
  const until = `${ZonedClock.of(account.timeZone).wallClock(expiresAt.getTime()).slice(0, 16)} (${account.timeZone})`;
  return {
    accountId: user.accountId,
    recipient: user.email,
    subject: `Choose your password for the Control Panel of ${account.name}`,
    text: [
      `Dear ${user.name},`,
      `${inviter} invites you to the Control Panel of ${account.name}. Choose your password here:`,
      link,
      `This link works once, until ${until}. Afterwards log in as ${user.email} with the password that you chose.`,
      'If you do not expect this mail, ignore it: as long as nobody opens the link, nothing changes.',
      `${account.name}\n`,
    ].join('\n\n'),
    attachments: [],
  };
}
