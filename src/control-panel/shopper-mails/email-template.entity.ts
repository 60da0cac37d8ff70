import { Entity, Index } from 'typeorm';
import { AccountRow } from '../../access/accounts/account-row';
import { Account } from '../../access/accounts/account.entity';
import {
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  LockCountColumn,
  ReferenceColumn,
  RowVersionColumn,
  TextColumn,
} from '../../database/columns';

/** The kinds of email that shoppers receive. */
export const EMAIL_KINDS = ['invoice', 'order_confirmation', 'order_cancellation', 'refund_confirmation'] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];

/** The content of an email or, with `{{placeholders}}` in each of its parts, of an email template. */
export interface EmailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A template for one kind of email in one language. Its content is in its versions. */
@Entity('email_templates')
@Index('email_templates_by_account', ['accountId', 'id'])
export class EmailTemplate extends AccountRow {
  @TextColumn('longWord')
  kind: EmailKind;

  /** BCP 47 language tag, such as `en` or `pt-BR`. */
  @TextColumn('language')
  language: string;

  @TextColumn('name')
  name: string;

  /** The number of the newest version. Each edit adds one. */
  @RowVersionColumn()
  version: number;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  updatedAt: Date;

  /** When the template was deleted; null if it is not. A deleted template can be restored. */
  @InstantColumn({ nullable: true })
  deletedAt: Date | null;

  /** Counts how often the row was locked with `lockRow`. */
  @LockCountColumn()
  lockCount?: number;
}

/** One version of the content of a template. It never changes: the next edit adds another version. */
@Entity('email_template_versions')
export class EmailTemplateVersion {
  @ReferenceColumn(() => EmailTemplate, { primary: true })
  templateId: string;

  /** The number of the version, starting at 1. */
  @IntegerColumn({ primary: true })
  version: number;

  @JsonColumn()
  content: EmailContent;

  /** The name of the user who saved the version. */
  @TextColumn('name')
  madeBy: string;

  @InstantColumn()
  madeAt: Date;
}

/**
 * The template version in use for a kind of email and a language. Without one, the service uses its built-in content,
 * if any.
 */
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
