import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import {
  describeEdit,
  summarizeContent,
  templateDetails,
} from '../../control-panel/email-editor/email-template-record';
import {
  ActiveEmailTemplate,
  EmailTemplate,
  EmailTemplateVersion,
} from '../../control-panel/shopper-mails/email-template.entity';
import type { TemplateReference } from '../../control-panel/shopper-mails/shopper-mails';
import type { RowList } from '../../database/insert-statement';
import { at as elementAt } from '../../lib/elements';
import { listFallbackLanguages } from '../../lib/language';
import type { SeededRandom } from '../../lib/seeded-random';
import { createKeyedId } from '../../lib/time-ordered-id';
import { DEMO_ACCOUNT, toDemoId, type DemoUser } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';
import { EXAMPLE_TEMPLATES, LATER_TEMPLATES, type TemplateText } from './template-texts';

/** A template with all of its versions, oldest first. */
interface VersionedTemplate {
  readonly template: EmailTemplate;
  readonly versions: EmailTemplateVersion[];
  /** Whether it stays as it is, because the contract's examples use it. */
  readonly isExample: boolean;
}

/** The email templates of the demo's account. */
export class DemoTemplates {
  private readonly templates: VersionedTemplate[] = [];
  private readonly active: ActiveEmailTemplate[] = [];
  private created = 0;

  constructor(private readonly random: SeededRandom) {}

  /**
   * Creates the templates that the contract's examples use: one active, one deleted, one draft. Returns a function for
   * each record.
   */
  get examples(): readonly ((at: Date, user: DemoUser) => RecordedAction)[] {
    const { invoice, order, refund } = EXAMPLE_TEMPLATES;
    return [
      (at, user) => this.add(invoice, at, user, toDemoId('TEMP1')),
      (at) => this.activateOne(elementAt(this.templates, 0), at),
      (at, user) => this.add(order, at, user, toDemoId('TEMP2')),
      (at) => this.deleteOne(elementAt(this.templates, 1), at),
      (at, user) => this.add(refund, at, user, toDemoId('TEMP3')),
    ];
  }

  /** Creates the next template; undefined if there are no more. */
  create(at: Date, user: DemoUser): RecordedAction | undefined {
    const text = LATER_TEMPLATES[this.created];
    if (!text) return undefined;
    this.created++;
    return this.add(text, at, user);
  }

  /** Changes the subject of a template. */
  update(at: Date, { name: madeBy }: DemoUser): RecordedAction | undefined {
    const found = this.pick(({ template, isExample }) => !isExample && template.deletedAt === null);
    if (!found) return undefined;
    const { template, versions } = found;
    const { content } = newestOf(found);
    const subject = content.subject.endsWith('!') ? content.subject.slice(0, -1) : `${content.subject}!`;
    const next = { ...content, subject };
    const version = template.version + 1;
    versions.push({ templateId: template.id, version, content: next, madeBy, madeAt: at });
    Object.assign(template, { version, updatedAt: at } satisfies Partial<EmailTemplate>);
    const changes = describeEdit({ name: template.name, ...content }, { name: template.name, ...next });
    const details = { ...templateDetails(template), version, changes };
    return succeeded(ActivityType.EmailTemplateUpdated, { comment: template.name, details });
  }

  /** Tries to save a change that is based on an old version. */
  updateOutdated(): RecordedAction | undefined {
    const found = this.pick(({ template, isExample }) => !isExample && template.version > 1);
    if (!found) return undefined;
    const { template } = found;
    const details = { ...templateDetails(template), version: template.version - 1 };
    return failed(ActivityType.EmailTemplateUpdated, 'version_outdated', { comment: template.name, details });
  }

  preview(): RecordedAction | undefined {
    const template = this.pick(({ template: { deletedAt } }) => deletedAt === null)?.template;
    if (!template) return undefined;
    const details = { ...templateDetails(template), version: template.version, values: 'sample' as const };
    return succeeded(ActivityType.EmailTemplatePreviewed, { comment: template.name, details });
  }

  sendTest(at: Date, { email: recipient }: DemoUser): RecordedAction | undefined {
    const template = this.pick(({ template: { deletedAt } }) => deletedAt === null)?.template;
    if (!template) return undefined;
    const mailId = createKeyedId(at, `test email ${template.id}`);
    const details = {
      ...templateDetails(template),
      version: template.version,
      values: 'sample' as const,
      recipient,
      mailId,
    };
    return succeeded(ActivityType.EmailTemplateTestSent, { comment: template.name, details });
  }

  /** Activates the newest version of an invoice in another language than English. */
  activate(at: Date): RecordedAction | undefined {
    const found = this.pick(
      ({ template: { kind, language, deletedAt } }) => kind === 'invoice' && language !== 'en' && deletedAt === null,
    );
    return found && this.activateOne(found, at);
  }

  /** Deletes a template that is not active. */
  delete(at: Date): RecordedAction | undefined {
    const found = this.pick(
      ({ template, isExample }) => !isExample && template.deletedAt === null && !this.isActive(template),
    );
    return found && this.deleteOne(found, at);
  }

  restore(): RecordedAction | undefined {
    const found = this.pick(({ template, isExample }) => !isExample && template.deletedAt !== null);
    if (!found) return undefined;
    const { template } = found;
    template.deletedAt = null;
    const details = { ...templateDetails(template), version: template.version };
    return succeeded(ActivityType.EmailTemplateRestored, { comment: template.name, details });
  }

  /** Returns the active template of invoices that fits a language best. */
  findInvoiceTemplate(shopperLanguage: string | null): TemplateReference {
    const languages = [...(shopperLanguage === null ? [] : listFallbackLanguages(shopperLanguage)), 'en'];
    const [best] = languages.flatMap((tag) => this.active.find(({ language }) => language === tag) ?? []);
    if (!best) throw new Error('No template of invoices is active yet.');
    const { templateId, version, language } = best;
    return { templateId, version, language };
  }

  toRows(): RowList[] {
    return [
      { entity: EmailTemplate, rows: this.templates.map(({ template }) => template) },
      { entity: EmailTemplateVersion, rows: this.templates.flatMap(({ versions }) => versions) },
      { entity: ActiveEmailTemplate, rows: this.active },
    ];
  }

  private pick(condition: (found: VersionedTemplate) => boolean): VersionedTemplate | undefined {
    return this.random.pickWhere(this.templates, condition);
  }

  private add(
    { name, kind, language, content }: TemplateText,
    at: Date,
    { name: madeBy }: DemoUser,
    exampleId?: string,
  ): RecordedAction {
    const id = exampleId ?? createKeyedId(at, `template ${name}`);
    const row = { id, accountId: DEMO_ACCOUNT.id, kind, language, name, version: 1, createdAt: at, updatedAt: at };
    const template: EmailTemplate = { ...row, deletedAt: null, lockCount: 0 };
    const versions = [{ templateId: id, version: 1, content, madeBy, madeAt: at }];
    this.templates.push({ template, versions, isExample: exampleId !== undefined });
    const details = { ...templateDetails(template), version: 1, content: summarizeContent(content) };
    return succeeded(ActivityType.EmailTemplateCreated, { comment: name, details });
  }

  private activateOne({ template }: VersionedTemplate, activatedAt: Date): RecordedAction {
    const { id: templateId, accountId, kind, language, version, name: comment } = template;
    const next = { accountId, kind, language, templateId, version, activatedAt };
    const index = this.active.findIndex((one) => one.kind === kind && one.language === language);
    const before = this.active[index];
    if (before) this.active[index] = next;
    else this.active.push(next);
    const describe = (one: ActiveEmailTemplate | undefined) =>
      one ? { templateId: one.templateId, version: one.version, language: one.language } : null;
    const changes = { active: { from: describe(before), to: describe(next) } };
    const details = { ...templateDetails(template), version, changes };
    return succeeded(ActivityType.EmailTemplateActivated, { comment, details });
  }

  private deleteOne({ template }: VersionedTemplate, deletedAt: Date): RecordedAction {
    template.deletedAt = deletedAt;
    const details = { ...templateDetails(template), version: template.version };
    return succeeded(ActivityType.EmailTemplateDeleted, { comment: template.name, details });
  }

  private isActive({ id }: EmailTemplate): boolean {
    return this.active.some(({ templateId }) => templateId === id);
  }
}

function newestOf({ versions }: VersionedTemplate): EmailTemplateVersion {
  return elementAt(versions, versions.length - 1);
}
