import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { forUpdate } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody, inPath } from '../../http/problems/request-field';

import { EmailTemplate, EmailTemplateVersion, type EmailKind } from './email-template.entity';

/** What a list of templates is narrowed to. */
export interface EmailTemplateFilter {
  readonly accountId: string;
  readonly deleted: boolean;
  readonly kind?: EmailKind;
  readonly language?: string;
}

/** How many whole mails are read at once where their subjects alone are wanted. */
const VERSIONS_PER_QUERY = 100;

/** Templates and their versions. */
@Injectable()
export class EmailTemplatesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Oldest first. */
  list({ deleted, ...filter }: EmailTemplateFilter, after: string | undefined, take: number): Promise<EmailTemplate[]> {
    const deletedAt = deleted ? Not(IsNull()) : IsNull();
    const where = { ...filter, deletedAt, ...(after !== undefined && { id: MoreThan(after) }) };
    return this.unitOfWork.manager.find(EmailTemplate, { where, order: { id: 'ASC' }, take });
  }

  /** The template, a deleted one too; 404 where the account has none of this id. */
  async get(accountId: string, id: string): Promise<EmailTemplate> {
    return assertFound(await this.unitOfWork.manager.findOneBy(EmailTemplate, { accountId, id }));
  }

  /** Locks a template until the transaction ends. */
  async lock(accountId: string, id: string): Promise<EmailTemplate> {
    const { manager } = this.unitOfWork;
    const templates = manager.createQueryBuilder(EmailTemplate, 'template').where({ accountId, id });
    return assertFound(await forUpdate(manager, templates).getOne());
  }

  /** What the template said in this version; 404 where it has none of this number. */
  async getVersion(templateId: string, version: number): Promise<EmailTemplateVersion> {
    const row = await this.unitOfWork.manager.findOneBy(EmailTemplateVersion, { templateId, version });
    if (row) return row;
    throw Problem.notFound(
      'template_version_not_found',
      inBody('version'),
      'The template has no version of this number.',
    );
  }

  /** Newest first, from the one before this number on. */
  listVersions(templateId: string, before: number | undefined, take: number): Promise<EmailTemplateVersion[]> {
    const where = { templateId, ...(before !== undefined && { version: LessThan(before) }) };
    return this.unitOfWork.manager.find(EmailTemplateVersion, { where, order: { version: 'DESC' }, take });
  }

  /** The subject of each template's newest version, by its id. */
  async findSubjects(templates: readonly EmailTemplate[]): Promise<Map<string, string>> {
    const subjects = new Map<string, string>();
    for (let start = 0; start < templates.length; start += VERSIONS_PER_QUERY) {
      const some = templates.slice(start, start + VERSIONS_PER_QUERY);
      const where = some.map(({ id: templateId, version }) => ({ templateId, version }));
      const versions = await this.unitOfWork.manager.findBy(EmailTemplateVersion, where);
      for (const { templateId, content } of versions) subjects.set(templateId, content.subject);
    }
    return subjects;
  }

  async insert(template: EmailTemplate, version: EmailTemplateVersion): Promise<void> {
    await this.unitOfWork.manager.insert(EmailTemplate, template);
    await this.unitOfWork.manager.insert(EmailTemplateVersion, version);
  }

  /** Adds the version that an edit makes, and writes what the edit changed in the template. */
  async insertVersion({ id, name, updatedAt }: EmailTemplate, version: EmailTemplateVersion): Promise<void> {
    await this.unitOfWork.manager.insert(EmailTemplateVersion, version);
    await this.unitOfWork.manager.update(EmailTemplate, { id }, { name, updatedAt, version: version.version });
  }

  async update(id: string, changed: Pick<EmailTemplate, 'deletedAt'>): Promise<void> {
    await this.unitOfWork.manager.update(EmailTemplate, { id }, changed);
  }
}

function assertFound(template: EmailTemplate | null): EmailTemplate {
  if (template) return template;
  throw Problem.notFound('template_not_found', inPath('id'), 'There is no template with this id.');
}
