import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { pageById } from '../../http/paging/paging';
import { assertUnchanged } from '../../http/problems/assert-unchanged';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { ActiveEmailTemplates } from '../shopper-mails/active-email-templates';
import type { EmailContent, EmailTemplate } from '../shopper-mails/email-template.entity';
import { assertNotDeleted } from './email-template-deletion';
import {
  recordedChanges,
  recordedContent,
  recordedTemplate,
  templateSummary,
  templateView,
} from './email-template.view';
import type {
  CreateEmailTemplate,
  EmailTemplatePage,
  EmailTemplatesQuery,
  EmailTemplateView,
  UpdateEmailTemplate,
} from './email-templates.dto';
import { EmailTemplatesRepository } from './email-templates.repository';
import { checkedContent } from './template-check';

/** The account's templates of mails, and their edits. */
@Injectable()
export class EmailTemplatesService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplates,
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
    const subjects = await this.templates.subjects(page.data);
    const active = await this.active.versionsOf(page.data.map(({ id }) => id));
    const summary = (template: EmailTemplate) =>
      templateSummary(template, subjects.get(template.id)!, active.get(template.id), timeZone);
    return { ...page, data: page.data.map(summary) };
  }

  async get(id: string): Promise<EmailTemplateView> {
    const template = await this.templates.get(this.context.actor.accountId, id);
    const { content } = await this.templates.version(id, template.version);
    return this.view(template, content);
  }

  async create({ name, kind, language, ...parts }: CreateEmailTemplate): Promise<EmailTemplateView> {
    const { accountId, userName: madeBy } = this.context.actor;
    const content = checkedContent(kind, { subject: parts.subject, html: parts.html, text: parts.text });
    const now = this.clock.now();
    const id = this.ids.next(now);
    const common = { id, accountId, kind, language, name, version: 1 };
    const template = { ...common, createdAt: now, updatedAt: now, deletedAt: null };
    return this.unitOfWork.run(async () => {
      await this.templates.insert(template, { templateId: id, version: 1, content, madeBy, madeAt: now });
      const details = { ...recordedTemplate(template), version: 1, content: recordedContent(content) };
      this.activity.describe(ActivityType.EmailTemplateCreated, { comment: name, details });
      return this.view(template, content);
    });
  }

  /** Every edit is a version of its own; one that changes nothing is none. */
  update(id: string, { version, name, ...parts }: UpdateEmailTemplate): Promise<EmailTemplateView> {
    return this.unitOfWork.run(async () => {
      const { accountId, userName: madeBy } = this.context.actor;
      const template = await this.templates.getForUpdate(accountId, id);
      const { content } = await this.templates.version(id, template.version);
      const describe = (details: object) => {
        const about = { ...recordedTemplate(template), ...details };
        this.activity.describe(ActivityType.EmailTemplateUpdated, { comment: template.name, details: about });
      };
      describe({ version });
      assertNotDeleted(template);
      assertUnchanged('template', template.version, version);
      const before = { ...content, name: template.name };
      const next = { ...content, ...checkedContent(template.kind, different(parts, content)) };
      const after = { ...next, name: name ?? template.name };
      const changed = recordedChanges(before, after);
      const madeAt = this.clock.now();
      if (Object.keys(changed).length === 0) {
        describe({ version, changes: changed });
        return this.view(template, content);
      }
      const edited = { ...template, name: after.name, version: version + 1, updatedAt: madeAt };
      await this.templates.addVersion(edited, { templateId: id, version: version + 1, content: next, madeBy, madeAt });
      describe({ version: version + 1, changes: changed });
      return this.view(edited, next);
    });
  }

  private async view(template: EmailTemplate, content: EmailContent): Promise<EmailTemplateView> {
    const active = await this.active.versionsOf([template.id]);
    return templateView(template, content, active.get(template.id), this.context.actor.timeZone);
  }
}

const PARTS = ['subject', 'html', 'text'] as const;

/** Those parts that are given and not the same as before: what is stored needs no check any more. */
function different(given: Partial<EmailContent>, before: EmailContent): Partial<EmailContent> {
  const parts = PARTS.map((part) => [part, given[part] ?? before[part]] as const);
  return Object.fromEntries(parts.filter(([part, words]) => words !== before[part]));
}
