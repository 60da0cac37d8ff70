import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { cursorInvalid, readCursor, writeCursor } from '../../http/paging/cursor';
import { ActiveEmailTemplates } from '../shopper-mails/active-email-templates';
import type { EmailTemplateVersionPage, EmailTemplateVersionsQuery } from './email-template-versions.dto';
import { versionView } from './email-template.view';
import { EmailTemplatesRepository } from './email-templates.repository';

/** What templates said before. */
@Injectable()
export class EmailTemplateHistoryService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplates,
    private readonly context: RequestContext,
  ) {}

  /** The versions of a template, newest first. */
  async list(id: string, { limit = 20, cursor }: EmailTemplateVersionsQuery): Promise<EmailTemplateVersionPage> {
    const { accountId, timeZone } = this.context.actor;
    await this.templates.get(accountId, id);
    const filter = ['email-template-versions', id];
    const before = cursor === undefined ? undefined : versionIn(cursor, filter);
    const versions = await this.templates.versions(id, before, limit + 1);
    const shown = versions.slice(0, limit);
    const active = (await this.active.versionsOf([id])).get(id);
    const next = () => writeCursor({ after: id, fixed: { version: shown.at(-1)!.version } }, filter);
    return {
      data: shown.map((version) => versionView(version, active, timeZone)),
      nextCursor: versions.length > limit ? next() : null,
    };
  }
}

function versionIn(cursor: string, filter: unknown): number {
  const { fixed } = readCursor(cursor, filter);
  if (typeof fixed?.version !== 'number') throw cursorInvalid();
  return fixed.version;
}
