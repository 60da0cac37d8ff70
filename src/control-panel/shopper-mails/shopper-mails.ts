import { Injectable } from '@nestjs/common';
import type { Account } from '../../access/accounts/account.entity';
import { AccountsRepository } from '../../access/accounts/accounts.repository';
import { Outbox } from '../../mail/outbox';
import type { Order } from '../sales/order.entity';
import { ActiveEmailTemplatesRepository } from './active-email-templates.repository';

import type { EmailValues } from './email-placeholders';
import type { EmailContent, EmailKind } from './email-template.entity';
import { renderTemplate } from './template-rendering';

/** The template that a mail was made with, as records tell it. */
export interface TemplateReference {
  readonly templateId: string;
  readonly version: number;
  readonly language: string;
}

/** What a mail says, and by which template. */
export interface RenderedEmail {
  readonly content: EmailContent;
  readonly template: TemplateReference;
}

/** A mail to a shopper that was queued. */
export interface QueuedShopperMail {
  readonly mailId: string;
  readonly template: TemplateReference;
}

/** What the merchant's templates say to shoppers. */
@Injectable()
export class ShopperMails {
  constructor(
    private readonly active: ActiveEmailTemplatesRepository,
    private readonly outbox: Outbox,
    private readonly accounts: AccountsRepository,
  ) {}

  /**
   * What a mail says by the active template that is best for the language; undefined where none is active.
   * @param valuesOf what its placeholders stand for
   */
  async wording<Kind extends EmailKind>(
    kind: Kind,
    accountId: string,
    wanted: string | null,
    valuesOf: (seller: Account) => EmailValues<Kind>,
  ): Promise<RenderedEmail | undefined> {
    const best = await this.active.findBest(accountId, kind, wanted);
    if (!best) return undefined;
    const { templateId, version, language, content } = best;
    const words = renderTemplate(kind, content, valuesOf(await this.accounts.get(accountId)));
    return { content: words, template: { templateId, version, language } };
  }

  /** Queues a mail to the shopper of an order, in the open unit of work; none where no template of it is active. */
  async send<Kind extends EmailKind>(
    kind: Kind,
    { accountId, shopperEmail: recipient, shopperLanguage }: Order,
    valuesOf: (seller: Account) => EmailValues<Kind>,
  ): Promise<QueuedShopperMail | undefined> {
    const wording = await this.wording(kind, accountId, shopperLanguage, valuesOf);
    if (!wording) return undefined;
    const { content, template } = wording;
    return { mailId: await this.outbox.queue({ accountId, recipient, ...content, attachments: [] }), template };
  }
}
