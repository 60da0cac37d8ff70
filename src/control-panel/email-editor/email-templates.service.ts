import { Injectable } from '@nestjs/common';
import type { DetailsOf } from '../../audit/catalogue/activity-details';
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

/** Lists, creates and updates the account's email templates. */
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

  /** Returns a page of the templates that match the filter, oldest first. */
  async list({ kind, language, deleted = false, ...query }: EmailTemplatesQuery): Promise<EmailTemplatePage> {
    const { accountId, timeZone } = this.context.actor;
    const filter = { accountId, deleted, ...(kind && { kind }), ...(language !== undefined && { language }) };
    const read = (after: string | undefined, take: number) => this.templates.list(filter, after, take);
    const page = await pageById(query, ['email-templates', filter], read, (template) => template);
    const subjects = await this.templates.findSubjects(page.data);
    const active = await this.active.findVersions(page.data.map(({ id }) => id));
    const clock = ZonedClock.of(timeZone);
    const summary = (template: EmailTemplate) =>
      emailTemplateSummary(template, lookUp(subjects, template.id), active.get(template.id), clock);
    return { ...page, data: page.data.map(summary) };
  }

  /** Returns a template with the content of its newest version. */
  async get(id: string): Promise<EmailTemplateView> {
    const { accountId, timeZone } = this.context.actor;
    const template = await this.templates.get(accountId, id);
    const { content } = await this.templates.getVersion(id, template.version);
    return emailTemplateView(template, content, await this.active.findVersion(id), ZonedClock.of(timeZone));
  }

  /** Creates a template as a draft, with its first version. */
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
      return emailTemplateView(template, content, undefined, ZonedClock.of(timeZone));
    });
  }

  /** Updates a template, which adds a version to it unless nothing has changed. */
  update(id: string, { version, name, ...parts }: UpdateEmailTemplate): Promise<EmailTemplateView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone, userName: madeBy } = this.context.actor;
      const template = await this.templates.lock(accountId, id);
      const { content } = await this.templates.getVersion(id, template.version);
      const describe = (details: DetailsOf<typeof ActivityType.EmailTemplateUpdated>) => {
        const allDetails = { ...templateDetails(template), ...details };
        this.activity.describe(ActivityType.EmailTemplateUpdated, { comment: template.name, details: allDetails });
      };
      describe({ version });
      assertNotDeleted(template);
      const nextVersion = assertUnchanged('template', template.version, version);
      const before = { ...content, name: template.name };
      const next = { ...content, ...checkContent(template.kind, pickChangedParts(parts, content)) };
      const after = { ...next, name: name ?? template.name };
      const changed = describeEdit(before, after);
      const madeAt = this.clock.now();
      const activeVersion = await this.active.findVersion(id);
      const clock = ZonedClock.of(timeZone);
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

/** The parts of the content of a template. */
const PARTS = ['subject', 'html', 'text'] as const;

/** Returns the parts that a request changes. Only these are checked, because stored parts were checked before. */
function pickChangedParts(request: Partial<EmailContent>, before: EmailContent): Partial<EmailContent> {
  const parts = PARTS.map((part) => [part, request[part] ?? before[part]] as const);
  return Object.fromEntries(parts.filter(([part, content]) => content !== before[part]));
}
