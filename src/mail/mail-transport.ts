import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './outgoing-mail.entity';

/** Sends mails, to their recipients or to the next server. */
export abstract class MailTransport {
  /** Sends a mail. Resolves when the receiving side has accepted responsibility for it. */
  abstract send(mail: OutgoingMail): Promise<void>;
}

/**
 * Converts a mail to nodemailer's format. Message-ID and date are the same each time, so that a mail that arrives twice
 * can be recognized.
 */
export function toMessage(mail: OutgoingMail, from: string): SendMailOptions {
  return {
    messageId: `<${mail.id}@${from.split('@').at(-1)}>`,
    date: mail.createdAt,
    from,
    // An object, because nodemailer parses a string as a list of addresses.
    to: { name: '', address: mail.recipient },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html && { html: mail.html.page }),
    attachments: mail.attachments.map(({ fileName, contentType, base64 }) => ({
      filename: fileName,
      contentType,
      content: Buffer.from(base64, 'base64'),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
