import { Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { Account } from '../../access/accounts/account.entity';
import {
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  ReferenceColumn,
  RowVersionColumn,
  TextColumn,
} from '../../database/columns';

/** The mails that shoppers get, by the code of their kind. */
export const EMAIL_KINDS = ['invoice', 'order_confirmation', 'order_cancellation', 'refund_confirmation'] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

/** What a mail says, with `{{placeholders}}` in each of its parts. */
export interface EmailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A template of a mail that shoppers get. What it says is in its versions. */
@Entity('email_templates')
@Index('email_templates_by_account', ['accountId', 'id'])
export class EmailTemplate extends AccountRow {
  @TextColumn('longWord')
  kind: EmailKind;

  /** BCP 47, such as `en` or `pt-BR`. */
  @TextColumn('language')
  language: string;

  @TextColumn('name')
  name: string;

  /** Number of its newest version; counts the edits. */
  @RowVersionColumn()
  version: number;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  updatedAt: Date;

  /** When it was deleted; it can be restored. */
  @InstantColumn({ nullable: true })
  deletedAt: Date | null;
}

/** What a template said at one time. Never changed: the next edit is the next version. */
@Entity('email_template_versions')
export class EmailTemplateVersion {
  @ReferenceColumn(() => EmailTemplate, { primary: true })
  templateId: string;

  /** From 1 on. */
  @IntegerColumn({ primary: true })
  version: number;

  @JsonColumn()
  content: EmailContent;

  /** Name of whoever made it. */
  @TextColumn('name')
  madeBy: string;

  @InstantColumn()
  madeAt: Date;
}

/** Which version mails of a kind go out with in a language: one, or the built-in wording where there is none. */
@Entity('active_email_templates')
@Index('active_email_templates_by_template', ['templateId'])
export class ActiveEmailTemplate {
  @ReferenceColumn(() => Account, { primary: true })
  accountId: string;

  @TextColumn('longWord', { primary: true })
  kind: EmailKind;

  @TextColumn('language', { primary: true })
  language: string;

  @ReferenceColumn(() => EmailTemplate)
  templateId: string;

  @IntegerColumn()
  version: number;

  @InstantColumn()
  activatedAt: Date;
}
