import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './outgoing-mail.entity';

/** Takes mails to their recipients, or at least to the next server. */
export abstract class MailTransport {
  /** Resolves when the mail is in safe hands. */
  abstract send(mail: OutgoingMail): Promise<void>;
}

/** A mail as nodemailer takes it: the same each time, so that one that arrives twice can be recognised. */
export function toMessage(mail: OutgoingMail, from: string): SendMailOptions {
  return {
    messageId: `<${mail.id}@${from.split('@').at(-1)}>`,
    date: mail.createdAt,
    from,
    // Not as a text, which nodemailer would read as a list of addresses.
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
