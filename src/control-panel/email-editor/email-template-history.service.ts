import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { pageOf } from '../../http/paging/paging';
import { ActiveEmailTemplatesRepository } from '../shopper-mails/active-email-templates.repository';
import type { EmailTemplateVersion } from '../shopper-mails/email-template.entity';
import { emailTemplateVersionView, type EmailTemplateVersionPage } from './email-template-version.view';
import type { EmailTemplateVersionsQuery } from './email-template-versions.dto';

import { ZonedClock } from '../../lib/time/zoned-time';
import { EmailTemplatesRepository } from '../shopper-mails/email-templates.repository';

/** The position of a cursor in the versions of a template. */
interface VersionPosition {
  /** The number of the last version on the previous page. */
  readonly before: number;
}

/** Lists the versions of templates. */
@Injectable()
export class EmailTemplateHistoryService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplatesRepository,
    private readonly context: RequestContext,
  ) {}

  /** Lists the versions of a template, newest first. */
  async list(id: string, query: EmailTemplateVersionsQuery): Promise<EmailTemplateVersionPage> {
    const { accountId, timeZone } = this.context.actor;
    await this.templates.get(accountId, id);
    const active = await this.active.findVersion(id);
    const clock = ZonedClock.of(timeZone);
    const list = {
      filter: ['email-template-versions', id],
      positionOf: ({ version }: EmailTemplateVersion): VersionPosition => ({ before: version }),
      readPosition,
      read: (position: VersionPosition | undefined, take: number) =>
        this.templates.listVersions(id, position?.before, take),
    };
    return pageOf({ limit: 20, ...query }, list, (version) => emailTemplateVersionView(version, active, clock));
  }
}

/** Reads the position from a cursor; undefined if the cursor is invalid. */
function readPosition({ before }: Readonly<Record<string, unknown>>): VersionPosition | undefined {
  return typeof before === 'number' && Number.isSafeInteger(before) ? { before } : undefined;
}
