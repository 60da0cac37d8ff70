import { createTransport } from 'nodemailer';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailTransport, messageOf } from './mail-transport';
import type { OutgoingMail } from './outgoing-mail.entity';

/** Writes each mail into a folder, as an `.eml` file that mail programs open: for whoever has no SMTP server. */
export class FileTransport extends MailTransport {
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: OutgoingMail): Promise<void> {
    const { message } = await this.composer.sendMail(messageOf(mail, this.from));
    await mkdir(this.folder, { recursive: true });
    const file = join(this.folder, `${mail.id}.eml`);
    // Whoever watches the folder never sees half a mail; and the file is on the disk before the mail counts as sent.
    await writeFile(`${file}.part`, message, { flush: true });
    await rename(`${file}.part`, file);
  }
}
