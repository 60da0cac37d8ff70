import type { OnApplicationShutdown } from '@nestjs/common';
import type * as Nodemailer from 'nodemailer';
import { loadPackage } from '../lib/load-package';
import { MailTransport, messageOf } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';

/** Connections to the server, kept open for the next mail. */
export const CONNECTIONS = 5;

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
    await this.server.sendMail(messageOf(mail, this.from));
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
      maxConnections: CONNECTIONS,
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 60_000,
    });
  }
}
