import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { MailTransport, toMessage } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';

/** Maximum number of SMTP connections; they stay open for further mails. */
export const SMTP_CONNECTIONS = 5;

/** Sends mails through an SMTP server. */
export class SmtpTransport extends MailTransport implements OnApplicationShutdown {
  private readonly server;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    this.server = createTransport({
      url,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 60_000,
    });
  }

  async send(mail: OutgoingMail): Promise<void> {
    await this.server.sendMail(toMessage(mail, this.from));
  }

  onApplicationShutdown(): void {
    this.server.close();
  }
}
