import type * as Nodemailer from 'nodemailer';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPackage } from '../lib/load-package';
import { MailTransport, messageOf } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';

/**
 * Writes each mail into a folder, as an `.eml` file that mail programs open, where there is no SMTP server. A folder that
 * it creates, and every file, can be read by their owner alone: mails hold invitations and addresses.
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
    const { message } = await this.composer.sendMail(messageOf(mail, this.from));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, `${mail.id}.eml`);
    const part = `${file}.part`;
    // What a killed process left may have another mode, or be a link to somewhere else.
    await rm(part, { force: true });
    // A program that watches the folder never sees half a mail; and the file is on the disk before the mail counts as sent.
    await writeFile(part, message, { flag: 'wx', mode: 0o600, flush: true });
    await rename(part, file);
  }
}

function newComposer() {
  const { createTransport } = loadPackage('nodemailer') as typeof Nodemailer;
  return createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
}
