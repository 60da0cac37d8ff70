import { Injectable } from '@nestjs/common';
import type { Account } from '../../access/accounts/account.entity';
import { AccountsRepository } from '../../access/accounts/accounts.repository';
import { Outbox } from '../../mail/outbox';
import type { Order } from '../sales/order.entity';
import { ActiveEmailTemplatesRepository } from './active-email-templates.repository';

import type { EmailValues } from './email-placeholders';
import type { EmailContent, EmailKind } from './email-template.entity';
import { renderTemplate } from './template-rendering';

/** The template version that an email was rendered with, as it appears in records. */
export interface TemplateReference {
  readonly templateId: string;
  readonly version: number;
  readonly language: string;
}

/** The content of an email with its placeholders replaced, and the template that it was rendered with. */
export interface RenderedEmail {
  readonly content: EmailContent;
  readonly template: TemplateReference;
}

/** An email to a shopper that is in the outbox. */
export interface QueuedShopperMail {
  readonly mailId: string;
  readonly template: TemplateReference;
}

/** Renders emails to shoppers with the account's active templates, and queues them. */
@Injectable()
export class ShopperMails {
  constructor(
    private readonly active: ActiveEmailTemplatesRepository,
    private readonly outbox: Outbox,
    private readonly accounts: AccountsRepository,
  ) {}

  /**
   * Renders an email with the active template that fits the language best; undefined if no template is active.
   * @param valuesOf returns the values of the placeholders
   */
  async render<Kind extends EmailKind>(
    kind: Kind,
    accountId: string,
    language: string | null,
    valuesOf: (seller: Account) => EmailValues<Kind>,
  ): Promise<RenderedEmail | undefined> {
    const best = await this.active.findBest(accountId, kind, language);
    if (!best) return undefined;
    const { templateId, version, language: templateLanguage, content } = best;
    const rendered = renderTemplate(kind, content, valuesOf(await this.accounts.get(accountId)));
    return { content: rendered, template: { templateId, version, language: templateLanguage } };
  }

  /** Queues an email to an order's shopper in the open transaction; returns undefined if no template is active. */
  async send<Kind extends EmailKind>(
    kind: Kind,
    { accountId, shopperEmail: recipient, shopperLanguage }: Order,
    valuesOf: (seller: Account) => EmailValues<Kind>,
  ): Promise<QueuedShopperMail | undefined> {
    const email = await this.render(kind, accountId, shopperLanguage, valuesOf);
    if (!email) return undefined;
    const { content, template } = email;
    return { mailId: await this.outbox.queue({ accountId, recipient, ...content, attachments: [] }), template };
  }
}
