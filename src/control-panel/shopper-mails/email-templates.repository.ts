import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { forUpdate, lockRow } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody, inPath } from '../../http/problems/request-field';

import { EmailTemplate, EmailTemplateVersion, type EmailKind } from './email-template.entity';

/** The filter of a list of templates. */
export interface EmailTemplateFilter {
  readonly accountId: string;
  readonly deleted: boolean;
  readonly kind?: EmailKind;
  readonly language?: string;
}

/** Reads and writes email templates and their versions. */
@Injectable()
export class EmailTemplatesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lists templates, oldest first, starting after the given id. */
  list({ deleted, ...filter }: EmailTemplateFilter, after: string | undefined, take: number): Promise<EmailTemplate[]> {
    const deletedAt = deleted ? Not(IsNull()) : IsNull();
    const where = { ...filter, deletedAt, ...(after !== undefined && { id: MoreThan(after) }) };
    return this.unitOfWork.manager.find(EmailTemplate, { where, order: { id: 'ASC' }, take });
  }

  /** Returns a template, even if it is deleted; 404 if the account has no template with this id. */
  async get(accountId: string, id: string): Promise<EmailTemplate> {
    return assertFound(await this.unitOfWork.manager.findOneBy(EmailTemplate, { accountId, id }));
  }

  /** Locks a template until the transaction ends; 404 if the account has no template with this id. */
  async lock(accountId: string, id: string): Promise<EmailTemplate> {
    const { manager } = this.unitOfWork;
    const templates = manager.createQueryBuilder(EmailTemplate, 'template').where({ accountId, id });
    const template = assertFound(await forUpdate(manager, templates).getOne());
    // An activation changes other rows only, so in a cluster a deletion on another node would not conflict with it.
    await lockRow(manager, EmailTemplate, id);
    return template;
  }

  /** Returns a version of a template; 404 if it does not exist. */
  async getVersion(templateId: string, version: number): Promise<EmailTemplateVersion> {
    const row = await this.unitOfWork.manager.findOneBy(EmailTemplateVersion, { templateId, version });
    if (row) return row;
    throw Problem.notFound(
      'template_version_not_found',
      inBody('version'),
      'The template has no version with this number.',
    );
  }

  /** Lists the versions of a template, newest first, starting before the given number. */
  listVersions(templateId: string, before: number | undefined, take: number): Promise<EmailTemplateVersion[]> {
    const where = { templateId, ...(before !== undefined && { version: LessThan(before) }) };
    return this.unitOfWork.manager.find(EmailTemplateVersion, { where, order: { version: 'DESC' }, take });
  }

  /**
   * Returns the subject of each template's newest version, by the template's id. Reads the whole content of these
   * versions, so do not pass more than a page of templates.
   */
  async findSubjects(templates: readonly EmailTemplate[]): Promise<Map<string, string>> {
    const where = templates.map(({ id: templateId, version }) => ({ templateId, version }));
    const versions = where.length === 0 ? [] : await this.unitOfWork.manager.findBy(EmailTemplateVersion, where);
    return new Map(versions.map(({ templateId, content }) => [templateId, content.subject]));
  }

  async insert(template: EmailTemplate, version: EmailTemplateVersion): Promise<void> {
    await this.unitOfWork.manager.insert(EmailTemplate, template);
    await this.unitOfWork.manager.insert(EmailTemplateVersion, version);
  }

  /** Inserts the version that an edit creates, and updates the columns of the template that the edit changes. */
  async insertVersion({ id, name, updatedAt }: EmailTemplate, version: EmailTemplateVersion): Promise<void> {
    await this.unitOfWork.manager.insert(EmailTemplateVersion, version);
    await this.unitOfWork.manager.update(EmailTemplate, { id }, { name, updatedAt, version: version.version });
  }

  async update(id: string, columns: Pick<EmailTemplate, 'deletedAt'>): Promise<void> {
    await this.unitOfWork.manager.update(EmailTemplate, { id }, columns);
  }
}

function assertFound(template: EmailTemplate | null): EmailTemplate {
  if (template) return template;
  throw Problem.notFound('template_not_found', inPath('id'), 'There is no template with this id.');
}
