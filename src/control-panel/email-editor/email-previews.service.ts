import { Injectable } from '@nestjs/common';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { Outbox } from '../../mail/outbox';
import { sampleValues } from '../shopper-mails/email-placeholders';
import type { EmailContent, EmailTemplate } from '../shopper-mails/email-template.entity';
import { renderTemplate } from '../shopper-mails/template-rendering';
import type { PreviewEmailTemplate, PreviewFormat, SendTestEmail } from './email-template-actions.dto';
import { assertNotDeleted } from './email-template.rules';
import type { EmailPreview, QueuedTestEmail } from './email-preview.view';

import { EmailTemplatesRepository } from '../shopper-mails/email-templates.repository';
import { templateDetails } from './email-template-record';
import { OrderPlaceholderValues } from './order-placeholder-values';

type PreviewActivity = typeof ActivityType.EmailTemplatePreviewed | typeof ActivityType.EmailTemplateTestSent;

/** What a template's mails look like, before shoppers see one. */
@Injectable()
export class EmailPreviewsService {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly values: OrderPlaceholderValues,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
  ) {}

  /** Shows a mail: the page alone, or all of it. */
  async preview(id: string, request: PreviewEmailTemplate, format: PreviewFormat): Promise<EmailPreview | string> {
    const type = ActivityType.EmailTemplatePreviewed;
    const template = await this.templates.get(this.context.actor.accountId, id);
    this.describe(type, template, request);
    const mail = await this.render(template, request);
    return format === 'html' ? mail.html : mail;
  }

  /** Queues a mail as shoppers would get it, but without attachments, for somebody else. */
  sendTest(id: string, { recipient, ...request }: SendTestEmail): Promise<QueuedTestEmail> {
    return this.unitOfWork.run(async () => {
      const type = ActivityType.EmailTemplateTestSent;
      const { accountId } = this.context.actor;
      const template = await this.templates.get(accountId, id);
      this.describe(type, template, request, { recipient });
      assertNotDeleted(template);
      const content = await this.render(template, request);
      const mailId = await this.outbox.queue({ accountId, recipient, ...content, attachments: [] });
      this.describe(type, template, request, { recipient, mailId });
      return { mailId, recipient };
    });
  }

  private describe(
    type: PreviewActivity,
    template: EmailTemplate,
    request: PreviewEmailTemplate,
    more: object = {},
  ): void {
    const { orderReference, version = template.version } = request;
    this.activity.describe(type, {
      comment: template.name,
      ...(orderReference && { orderReference }),
      details: { ...templateDetails(template), version, with: orderReference ? 'order' : 'sample', ...more },
    });
  }

  private async render(template: EmailTemplate, request: PreviewEmailTemplate): Promise<EmailContent> {
    const { actor } = this.context;
    const { kind } = template;
    const { orderReference } = request;
    if (orderReference && !actor.privileges.has(Privilege.Orders)) throw ordersMissing();
    const { content } = await this.templates.getVersion(template.id, request.version ?? template.version);
    const values = orderReference ? await this.values.read(kind, actor.accountId, orderReference) : sampleValues(kind);
    return renderTemplate(kind, content, values);
  }
}

/** Of the route everybody in here holds the privilege; the order needs one more. */
function ordersMissing(): Problem {
  const message =
    'To show an order this needs the privilege "Orders" too; without orderReference it shows sample values.';
  return Problem.forbidden('privilege_missing', inBody('orderReference'), message);
}
