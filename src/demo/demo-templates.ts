import { Injectable } from '@nestjs/common';

import { ActiveEmailTemplatesRepository } from '../control-panel/shopper-mails/active-email-templates.repository';
import type { EmailContent, EmailKind, EmailTemplate } from '../control-panel/shopper-mails/email-template.entity';
import { EmailTemplatesRepository } from '../control-panel/shopper-mails/email-templates.repository';
import { DEMO_ACCOUNT, toDemoId } from './demo-accounts';

const LANGUAGE = 'en';
const INVOICE: EmailContent = {
  subject: 'Invoice {{invoiceNumber}} from {{sellerName}}',
  html:
    '<p>Dear {{shopperName}},</p>' +
    '<p>thank you for your order <b>{{orderReference}}</b> of {{orderDate}}: {{products}}.</p>' +
    '<p>Attached is invoice {{invoiceNumber}}: {{total}} {{currency}}.</p><p>{{sellerName}}</p>',
  text:
    'Dear {{shopperName}},\n\nthank you for your order {{orderReference}} of {{orderDate}}: {{products}}.\n\n' +
    'Attached is invoice {{invoiceNumber}}: {{total}} {{currency}}.\n\n{{sellerName}}\n',
};
const ORDER: EmailContent = {
  subject: 'Your order {{orderReference}}',
  html: '<p>Dear {{shopperName}},</p><p>we have your order <b>{{orderReference}}</b>: {{products}}.</p>',
  text: 'Dear {{shopperName}},\n\nwe have your order {{orderReference}}: {{products}}.\n',
};
const REFUND: EmailContent = {
  subject: 'Your refund of order {{orderReference}}',
  html: '<p>Dear {{shopperName}},</p><p><b>{{refundAmount}} {{currency}}</b> go back to your card.</p>',
  text: 'Dear {{shopperName}},\n\n{{refundAmount}} {{currency}} go back to your card.\n',
};

/** The e-mail templates that the contract's examples use: one active, one deleted, one draft. */
@Injectable()
export class DemoTemplates {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly active: ActiveEmailTemplatesRepository,
  ) {}

  /** Creates the templates, in the transaction that creates the account. */
  async create(now: Date): Promise<void> {
    const active = await this.insert('TEMP1', 'Invoice', 'invoice', INVOICE, now);
    await this.insert('TEMP2', 'Old order confirmation', 'order_confirmation', ORDER, now, now);
    await this.insert('TEMP3', 'Refund confirmation', 'refund_confirmation', REFUND, now);
    const { accountId, kind, language, id: templateId, version } = active;
    await this.active.upsert({ accountId, kind, language, templateId, version, activatedAt: now });
  }

  private async insert(
    suffix: string,
    name: string,
    kind: EmailKind,
    content: EmailContent,
    now: Date,
    deletedAt: Date | null = null,
  ): Promise<EmailTemplate> {
    const template: EmailTemplate = {
      id: toDemoId(suffix),
      accountId: DEMO_ACCOUNT.id,
      kind,
      language: LANGUAGE,
      name,
      version: 1,
      createdAt: now,
      updatedAt: now,
      deletedAt,
    };
    const version = { templateId: template.id, version: 1, content, madeBy: 'Maria Manager', madeAt: now };
    await this.templates.insert(template, version);
    return template;
  }
}
