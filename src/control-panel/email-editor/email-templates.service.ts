import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { pageById } from '../../http/paging/page-by-id';
import { assertUnchanged } from '../../http/problems/assert-unchanged';
import { lookUp } from '../../lib/elements';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { ZonedClock } from '../../lib/time/zoned-time';
import { ActiveEmailTemplatesRepository } from '../shopper-mails/active-email-templates.repository';
import type { EmailContent, EmailTemplate } from '../shopper-mails/email-template.entity';
import { EmailTemplatesRepository } from '../shopper-mails/email-templates.repository';
import { checkContent } from './email-content.rules';
import { describeEdit, summarizeContent, templateDetails } from './email-template-record';
import { assertNotDeleted } from './email-template.rules';
import {
  emailTemplateSummary,
  emailTemplateView,
  type EmailTemplatePage,
  type EmailTemplateView,
} from './email-template.view';
import type { CreateEmailTemplate, EmailTemplatesQuery, UpdateEmailTemplate } from './email-templates.dto';

/** The account's templates of mails, and their edits. */
@Injectable()
export class EmailTemplatesService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplatesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async list({ kind, language, deleted = false, ...query }: EmailTemplatesQuery): Promise<EmailTemplatePage> {
    const { accountId, timeZone } = this.context.actor;
    const filter = { accountId, deleted, ...(kind && { kind }), ...(language !== undefined && { language }) };
    const read = (after: string | undefined, take: number) => this.templates.list(filter, after, take);
    const page = await pageById(query, ['email-templates', filter], read, (template) => template);
    const subjects = await this.templates.findSubjects(page.data);
    const active = await this.active.findVersions(page.data.map(({ id }) => id));
    const clock = new ZonedClock(timeZone);
    const summary = (template: EmailTemplate) =>
      emailTemplateSummary(template, lookUp(subjects, template.id), active.get(template.id), clock);
    return { ...page, data: page.data.map(summary) };
  }

  async get(id: string): Promise<EmailTemplateView> {
    const { accountId, timeZone } = this.context.actor;
    const template = await this.templates.get(accountId, id);
    const { content } = await this.templates.getVersion(id, template.version);
    return emailTemplateView(template, content, await this.active.findVersion(id), new ZonedClock(timeZone));
  }

  async create({ name, kind, language, ...parts }: CreateEmailTemplate): Promise<EmailTemplateView> {
    const { accountId, timeZone, userName: madeBy } = this.context.actor;
    const content = checkContent(kind, { subject: parts.subject, html: parts.html, text: parts.text });
    const now = this.clock.now();
    const id = this.ids.next(now);
    const common = { id, accountId, kind, language, name, version: 1 };
    const template = { ...common, createdAt: now, updatedAt: now, deletedAt: null };
    return this.unitOfWork.run(async () => {
      await this.templates.insert(template, { templateId: id, version: 1, content, madeBy, madeAt: now });
      const details = { ...templateDetails(template), version: 1, content: summarizeContent(content) };
      this.activity.describe(ActivityType.EmailTemplateCreated, { comment: name, details });
      return emailTemplateView(template, content, undefined, new ZonedClock(timeZone));
    });
  }

  /** Every edit is a version of its own; one that changes nothing is none. */
  update(id: string, { version, name, ...parts }: UpdateEmailTemplate): Promise<EmailTemplateView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone, userName: madeBy } = this.context.actor;
      const template = await this.templates.lock(accountId, id);
      const { content } = await this.templates.getVersion(id, template.version);
      const describe = (details: object) => {
        const about = { ...templateDetails(template), ...details };
        this.activity.describe(ActivityType.EmailTemplateUpdated, { comment: template.name, details: about });
      };
      describe({ version });
      assertNotDeleted(template);
      const nextVersion = assertUnchanged('template', template.version, version);
      const before = { ...content, name: template.name };
      const next = { ...content, ...checkContent(template.kind, pickDifferent(parts, content)) };
      const after = { ...next, name: name ?? template.name };
      const changed = describeEdit(before, after);
      const madeAt = this.clock.now();
      const activeVersion = await this.active.findVersion(id);
      const clock = new ZonedClock(timeZone);
      if (Object.keys(changed).length === 0) {
        describe({ version, changes: changed });
        return emailTemplateView(template, content, activeVersion, clock);
      }
      const edited = { ...template, name: after.name, version: nextVersion, updatedAt: madeAt };
      await this.templates.insertVersion(edited, {
        templateId: id,
        version: nextVersion,
        content: next,
        madeBy,
        madeAt,
      });
      describe({ version: nextVersion, changes: changed });
      return emailTemplateView(edited, next, activeVersion, clock);
    });
  }
}

const PARTS = ['subject', 'html', 'text'] as const;

/** Those parts that are given and not the same as before: what is stored needs no check any more. */
function pickDifferent(given: Partial<EmailContent>, before: EmailContent): Partial<EmailContent> {
  const parts = PARTS.map((part) => [part, given[part] ?? before[part]] as const);
  return Object.fromEntries(parts.filter(([part, words]) => words !== before[part]));
}
