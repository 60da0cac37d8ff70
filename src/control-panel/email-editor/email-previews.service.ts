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

/** The activity types that this service records. */
type PreviewActivity = typeof ActivityType.EmailTemplatePreviewed | typeof ActivityType.EmailTemplateTestSent;

/** Renders previews of email templates, and sends test emails. */
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

  /** Renders an email, and returns all of it or, for the `html` format, only its HTML. */
  async preview(id: string, request: PreviewEmailTemplate, format: PreviewFormat): Promise<EmailPreview | string> {
    const type = ActivityType.EmailTemplatePreviewed;
    const template = await this.templates.get(this.context.actor.accountId, id);
    this.describe(type, template, request);
    const email = await this.render(template, request);
    return format === 'html' ? email.html : email;
  }

  /** Queues a test email, which is rendered like an email to a shopper but has no attachments. */
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

  /** Describes the preview or the test email in the record of the request. */
  private describe(
    type: PreviewActivity,
    template: EmailTemplate,
    request: PreviewEmailTemplate,
    sent: { readonly recipient?: string; readonly mailId?: string } = {},
  ): void {
    const { orderReference, version = template.version } = request;
    const values = orderReference ? ('order' as const) : ('sample' as const);
    this.activity.describe(type, {
      comment: template.name,
      ...(orderReference && { orderReference }),
      details: { ...templateDetails(template), version, values, ...sent },
    });
  }

  /** Renders a version of the template with the values of the given order, or else with sample values. */
  private async render(template: EmailTemplate, request: PreviewEmailTemplate): Promise<EmailContent> {
    const { actor } = this.context;
    const { kind } = template;
    const { orderReference } = request;
    if (orderReference && !actor.privileges.has(Privilege.Orders)) throw ordersPrivilegeMissing();
    const { content } = await this.templates.getVersion(template.id, request.version ?? template.version);
    const values = orderReference
      ? await this.values.resolve(kind, actor.accountId, orderReference)
      : sampleValues(kind);
    return renderTemplate(kind, content, values);
  }
}

/** Creates the problem for an actor who has the route's privilege, but not the one that showing an order needs. */
function ordersPrivilegeMissing(): Problem {
  const message = 'An orderReference requires the privilege "Orders" (orders). Omit it to see sample values.';
  return Problem.forbidden('privilege_missing', inBody('orderReference'), message);
}
