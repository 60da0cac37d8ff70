import type * as Nodemailer from 'nodemailer';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPackage } from '../lib/load-package';
import { MailTransport, toMessage } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';

/**
 * Writes each mail to an `.eml` file, for use without an SMTP server. The files, and a folder that it creates, are
 * readable by their owner only, because mails contain invitation links and addresses.
 */
export class FileTransport extends MailTransport {
  private composer: ReturnType<typeof newComposer> | undefined;

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: OutgoingMail): Promise<void> {
    this.composer ??= newComposer();
    const { message } = await this.composer.sendMail(toMessage(mail, this.from));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, `${mail.id}.eml`);
    const part = `${file}.part`;
    // A file left by a killed process may have another mode, or be a symbolic link.
    await rm(part, { force: true });
    // The rename hides partial mails from programs that watch the folder. The flush makes the mail durable before it
    // counts as sent.
    await writeFile(part, message, { flag: 'wx', mode: 0o600, flush: true });
    await rename(part, file);
  }
}

function newComposer() {
  const { createTransport } = loadPackage('nodemailer') as typeof Nodemailer;
  return createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
}
