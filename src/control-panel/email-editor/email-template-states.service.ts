import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { Clock } from '../../lib/time/clock';
import { ActiveEmailTemplates } from '../shopper-mails/active-email-templates';
import type { ActiveEmailTemplate, EmailTemplate } from '../shopper-mails/email-template.entity';
import type { ActivateEmailTemplate } from './email-template-actions.dto';
import { assertDeleted, assertNotDeleted } from './email-template-deletion';
import { recordedTemplate, templateView } from './email-template.view';
import type { EmailTemplateView } from './email-templates.dto';
import { EmailTemplatesRepository } from './email-templates.repository';

/** Which templates mails go out with, and which are deleted. */
@Injectable()
export class EmailTemplateStatesService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplates,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /** From here on mails of its kind and language go out with this version, and with no other. */
  activate(id: string, request: ActivateEmailTemplate): Promise<EmailTemplateView> {
    return this.unitOfWork.run(async () => {
      const { accountId } = this.context.actor;
      const template = await this.templates.getForUpdate(accountId, id);
      const version = request.version ?? template.version;
      const { kind, language, name: comment } = template;
      const details = { ...recordedTemplate(template), version };
      this.activity.describe(ActivityType.EmailTemplateActivated, { comment, details });
      assertNotDeleted(template);
      await this.templates.version(id, version);
      const next = { accountId, kind, language, templateId: id, version, activatedAt: this.clock.now() };
      const before = await this.active.activate(next);
      const changes = { active: { from: recordedActive(before), to: recordedActive(next) } };
      this.activity.describe(ActivityType.EmailTemplateActivated, { comment, details: { ...details, changes } });
      return this.view(template, version);
    });
  }

  /** Deletes a template; mails that went out with it fall back to the next best, or to what is built in. */
  delete(id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { accountId } = this.context.actor;
      const template = await this.templates.getForUpdate(accountId, id);
      const { kind, language, version, name: comment } = template;
      const details = { ...recordedTemplate(template), version };
      this.activity.describe(ActivityType.EmailTemplateDeleted, { comment, details });
      assertNotDeleted(template);
      const activeVersion = await this.active.deactivate(id);
      await this.templates.setDeleted(id, this.clock.now());
      if (activeVersion === undefined) return;
      const fallback = recordedActive(await this.active.best(accountId, kind, language));
      const builtIn = kind === 'invoice' ? 'built-in wording' : 'no mail';
      const changes = { activeVersion: { from: activeVersion, to: null }, mails: { to: fallback ?? builtIn } };
      this.activity.describe(ActivityType.EmailTemplateDeleted, { comment, details: { ...details, changes } });
    });
  }

  /** Brings a deleted template back, as a draft. */
  restore(id: string): Promise<EmailTemplateView> {
    return this.unitOfWork.run(async () => {
      const template = await this.templates.getForUpdate(this.context.actor.accountId, id);
      const { version, name: comment } = template;
      const details = { ...recordedTemplate(template), version };
      this.activity.describe(ActivityType.EmailTemplateRestored, { comment, details });
      assertDeleted(template);
      await this.templates.setDeleted(id, null);
      return this.view({ ...template, deletedAt: null }, undefined);
    });
  }

  private async view(template: EmailTemplate, activeVersion: number | undefined): Promise<EmailTemplateView> {
    const { content } = await this.templates.version(template.id, template.version);
    return templateView(template, content, activeVersion, this.context.actor.timeZone);
  }
}

/** Which version mails go out with, as a record tells it. */
function recordedActive(active: ActiveEmailTemplate | undefined) {
  return active ? { templateId: active.templateId, version: active.version, language: active.language } : null;
}
