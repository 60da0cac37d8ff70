import { OutboxJob } from '../../src/mail/outbox.job';
import type { MailServer } from './mail-server';
import type { Person } from './person';
import { PASSWORD, type Service } from './service';
import { useMailServer } from './use-mail-server';
import { useService } from './use-service';
import { buildInvitedUser } from './user-requests';

export const ACCEPT = '/v1/auth/invitation';

/** Starts a service and its SMTP server before the tests of the describe block, and stops both after them. */
export function useInvitingService(
  settings: NodeJS.ProcessEnv = {},
  logTo?: { write(line: string): void },
): InvitingService {
  const mailServer = useMailServer();
  const mails = () => ({ SMTP_URL: mailServer.url, MAIL_FROM: 'access@shop.example' });
  return new InvitingService(
    useService(() => ({ ...mails(), ...settings }), logTo && { logTo }),
    mailServer,
  );
}

/** A service that sends invitations to a real SMTP server. */
class InvitingService {
  constructor(
    readonly service: Service,
    readonly mailServer: MailServer,
  ) {}

  /** Creates a user without a password, and returns the user's id and the token in the invitation. */
  async invite(manager: Person, email: string, name = 'Nora New'): Promise<{ id: string; token: string }> {
    const { body } = await manager.post('/v1/users', buildInvitedUser({ email, name })).expect(201);
    return { id: body.id, token: await this.nextToken() };
  }

  /** Sends the user another invitation, and returns its token. */
  async inviteAgain(manager: Person, userId: string): Promise<string> {
    await manager.post(`/v1/users/${userId}/invitation`).expect(202);
    return this.nextToken();
  }

  /** Delivers the only email in the outbox, and returns its text. */
  async nextText(): Promise<string> {
    this.mailServer.mails.length = 0;
    await this.service.app.get(OutboxJob).deliverDue();
    const [mail, another] = this.mailServer.mails;
    if (!mail?.text || another) throw new Error(`${this.mailServer.mails.length} mails arrived, not one.`);
    return mail.text;
  }

  async nextToken(): Promise<string> {
    return tokenIn(await this.nextText());
  }

  accept(token: string, password = PASSWORD) {
    return this.service.nobody.post(ACCEPT, { token, password });
  }
}

/** Returns the token in the link of an email. */
export function tokenIn(text: string): string {
  const token = /#token=(uai_[A-Za-z0-9_-]{43})\s/.exec(text)?.[1];
  if (token === undefined) throw new Error(`There is no link in: ${text}`);
  return token;
}
