import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { cursorInvalid, readCursor, writeCursor } from '../../http/paging/cursor';
import { ActiveEmailTemplatesRepository } from '../shopper-mails/active-email-templates.repository';
import { emailTemplateVersionView, type EmailTemplateVersionPage } from './email-template-version.view';
import type { EmailTemplateVersionsQuery } from './email-template-versions.dto';

import { ZonedClock } from '../../lib/time/zoned-time';
import { EmailTemplatesRepository } from '../shopper-mails/email-templates.repository';

/** What templates said before. */
@Injectable()
export class EmailTemplateHistoryService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplatesRepository,
    private readonly context: RequestContext,
  ) {}

  /** The versions of a template, newest first. */
  async list(id: string, { limit = 20, cursor }: EmailTemplateVersionsQuery): Promise<EmailTemplateVersionPage> {
    const { accountId, timeZone } = this.context.actor;
    await this.templates.get(accountId, id);
    const filter = ['email-template-versions', id];
    const before = cursor === undefined ? undefined : readVersion(cursor, filter);
    const versions = await this.templates.listVersions(id, before, limit + 1);
    const shown = versions.slice(0, limit);
    const active = await this.active.findVersion(id);
    const clock = new ZonedClock(timeZone);
    const next = () => writeCursor({ after: id, fixed: { version: shown.at(-1)!.version } }, filter);
    return {
      data: shown.map((version) => emailTemplateVersionView(version, active, clock)),
      nextCursor: versions.length > limit ? next() : null,
    };
  }
}

function readVersion(cursor: string, filter: unknown): number {
  const { fixed } = readCursor(cursor, filter);
  if (typeof fixed?.version !== 'number') throw cursorInvalid();
  return fixed.version;
}
