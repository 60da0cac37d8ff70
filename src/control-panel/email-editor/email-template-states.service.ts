import { Injectable } from '@nestjs/common';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { Clock } from '../../lib/time/clock';
import { ActiveEmailTemplatesRepository } from '../shopper-mails/active-email-templates.repository';
import type { ActiveEmailTemplate } from '../shopper-mails/email-template.entity';
import type { ActivateEmailTemplate } from './email-template-actions.dto';
import { templateDetails } from './email-template-record';
import { assertDeleted, assertNotDeleted } from './email-template.rules';
import { emailTemplateView, type EmailTemplateView } from './email-template.view';

import { ZonedClock } from '../../lib/time/zoned-time';
import { EmailTemplatesRepository } from '../shopper-mails/email-templates.repository';

/** Activates, deletes and restores email templates. */
@Injectable()
export class EmailTemplateStatesService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplatesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
  ) {}

  /** Activates a version of a template: from now on, emails of its kind and language use it instead of any other. */
  activate(id: string, request: ActivateEmailTemplate): Promise<EmailTemplateView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const template = await this.templates.lock(accountId, id);
      const version = request.version ?? template.version;
      const { kind, language, name: comment } = template;
      const details = { ...templateDetails(template), version };
      this.activity.describe(ActivityType.EmailTemplateActivated, { comment, details });
      assertNotDeleted(template);
      await this.templates.getVersion(id, version);
      const next = { accountId, kind, language, templateId: id, version, activatedAt: this.clock.now() };
      const before = await this.active.upsert(next);
      const changes = { active: { from: before ? describeActive(before) : null, to: describeActive(next) } };
      this.activity.describe(ActivityType.EmailTemplateActivated, { comment, details: { ...details, changes } });
      const { content } = await this.templates.getVersion(id, template.version);
      return emailTemplateView(template, content, version, ZonedClock.of(timeZone));
    });
  }

  /**
   * Deletes a template. Emails that used it fall back to an active template in a more general language, or to the
   * built-in content.
   */
  delete(id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { accountId } = this.context.actor;
      const template = await this.templates.lock(accountId, id);
      const { kind, language, version, name: comment } = template;
      const details = { ...templateDetails(template), version };
      this.activity.describe(ActivityType.EmailTemplateDeleted, { comment, details });
      assertNotDeleted(template);
      const activeVersion = await this.active.delete(id);
      await this.templates.update(id, { deletedAt: this.clock.now() });
      if (activeVersion === undefined) return;
      const best = await this.active.findBest(accountId, kind, language);
      this.activity.describe(ActivityType.EmailTemplateDeleted, {
        comment,
        details: {
          ...details,
          changes: { activeVersion: { from: activeVersion, to: null } },
          ...(best
            ? { fallback: 'template', fallbackTemplate: describeActive(best) }
            : { fallback: kind === 'invoice' ? 'built_in' : 'none' }),
        },
      });
    });
  }

  /** Restores a deleted template as a draft, even if it was active before. */
  restore(id: string): Promise<EmailTemplateView> {
    return this.unitOfWork.run(async () => {
      const { accountId, timeZone } = this.context.actor;
      const template = await this.templates.lock(accountId, id);
      const { version, name: comment } = template;
      const details = { ...templateDetails(template), version };
      this.activity.describe(ActivityType.EmailTemplateRestored, { comment, details });
      assertDeleted(template);
      await this.templates.update(id, { deletedAt: null });
      const { content } = await this.templates.getVersion(id, version);
      return emailTemplateView({ ...template, deletedAt: null }, content, undefined, ZonedClock.of(timeZone));
    });
  }
}

/** Returns the active version of a template for a record. */
function describeActive({ templateId, version, language }: ActiveEmailTemplate) {
  return { templateId, version, language };
}
