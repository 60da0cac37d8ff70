import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '../../access/accounts/account.entity';

const RESTRICT = { onDelete: 'RESTRICT', onUpdate: 'RESTRICT' } as const;

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
export class EmailTemplate {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 26 })
  id: string;

  @ForeignKey(() => Account, RESTRICT)
  @Column({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  @Column({ name: 'kind', type: 'varchar', length: 32 })
  kind: EmailKind;

  /** BCP 47, such as `en` or `pt-BR`. */
  @Column({ name: 'language', type: 'varchar', length: 35 })
  language: string;

  @Column({ name: 'name', type: 'varchar', length: 200 })
  name: string;

  /** Number of its newest version; counts the edits. */
  @Column({ name: 'version', type: 'int' })
  version: number;

  @Column({ name: 'created_at', type: 'datetime' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'datetime' })
  updatedAt: Date;

  /** When it was deleted; it can be restored. */
  @Column({ name: 'deleted_at', type: 'datetime', nullable: true })
  deletedAt: Date | null;
}

/** What a template said at one time. Never changed: the next edit is the next version. */
@Entity('email_template_versions')
export class EmailTemplateVersion {
  @ForeignKey(() => EmailTemplate, RESTRICT)
  @PrimaryColumn({ name: 'template_id', type: 'varchar', length: 26 })
  templateId: string;

  /** From 1 on. */
  @PrimaryColumn({ name: 'version', type: 'int' })
  version: number;

  @Column({ name: 'content', type: 'json' })
  content: EmailContent;

  /** Name of whoever made it. */
  @Column({ name: 'made_by', type: 'varchar', length: 200 })
  madeBy: string;

  @Column({ name: 'made_at', type: 'datetime' })
  madeAt: Date;
}

/** Which version mails of a kind go out with in a language: one, or the built-in wording where there is none. */
@Entity('active_email_templates')
@Index('active_email_templates_by_template', ['templateId'])
export class ActiveEmailTemplate {
  @ForeignKey(() => Account, RESTRICT)
  @PrimaryColumn({ name: 'account_id', type: 'varchar', length: 26 })
  accountId: string;

  @PrimaryColumn({ name: 'kind', type: 'varchar', length: 32 })
  kind: EmailKind;

  @PrimaryColumn({ name: 'language', type: 'varchar', length: 35 })
  language: string;

  @ForeignKey(() => EmailTemplate, RESTRICT)
  @Column({ name: 'template_id', type: 'varchar', length: 26 })
  templateId: string;

  @Column({ name: 'version', type: 'int' })
  version: number;

  @Column({ name: 'activated_at', type: 'datetime' })
  activatedAt: Date;
}
