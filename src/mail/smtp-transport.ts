import type { OnApplicationShutdown } from '@nestjs/common';
import type * as Nodemailer from 'nodemailer';
import { loadPackage } from '../lib/load-package';
import { MailTransport, toMessage } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';

/** Maximum number of SMTP connections; they stay open for further mails. */
export const SMTP_CONNECTIONS = 5;

/** Sends mails through an SMTP server. */
export class SmtpTransport extends MailTransport implements OnApplicationShutdown {
  private server: Nodemailer.Transporter | undefined;

  constructor(
    private readonly url: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: OutgoingMail): Promise<void> {
    this.server ??= this.prepare();
    await this.server.sendMail(toMessage(mail, this.from));
  }

  onApplicationShutdown(): void {
    this.server?.close();
  }

  /** Prepares the connections, with the first mail. */
  private prepare(): Nodemailer.Transporter {
    const { createTransport } = loadPackage('nodemailer') as typeof Nodemailer;
    return createTransport({
      url: this.url,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 60_000,
    });
  }
}
