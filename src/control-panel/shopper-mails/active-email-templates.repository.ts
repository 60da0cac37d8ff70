import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { forUpdate, insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { listFallbackLanguages } from '../../lib/language';

import { ActiveEmailTemplate, EmailTemplateVersion, type EmailKind } from './email-template.entity';
import { EmailTemplatesRepository } from './email-templates.repository';

/** The language of an email if the shopper's language is unknown, or has no active template. */
const DEFAULT_LANGUAGE = 'en';

/** Reads and writes which template version is active: at most one for each kind of email and language of an account. */
@Injectable()
export class ActiveEmailTemplatesRepository {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Returns the active version of each template that has one, by the template's id. */
  async findVersions(templateIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.unitOfWork.manager.findBy(ActiveEmailTemplate, { templateId: In([...templateIds]) });
    return new Map(rows.map(({ templateId, version }) => [templateId, version]));
  }

  /** Returns the active version of a template; undefined if the template is not active. */
  async findVersion(templateId: string): Promise<number | undefined> {
    return (await this.findVersions([templateId])).get(templateId);
  }

  /** Finds the active template in the given language, in a more general one (`pt` for `pt-BR`), or in English. */
  async findBest(
    accountId: string,
    kind: EmailKind,
    language: string | null,
  ): Promise<(ActiveEmailTemplate & Pick<EmailTemplateVersion, 'content'>) | undefined> {
    const languages = [...(language === null ? [] : listFallbackLanguages(language)), DEFAULT_LANGUAGE];
    const active = await this.unitOfWork.manager.findBy(ActiveEmailTemplate, {
      accountId,
      kind,
      language: In(languages),
    });
    const [best] = languages.flatMap((tag) => active.find((candidate) => candidate.language === tag) ?? []);
    if (!best) return undefined;
    const { templateId, version } = best;
    const { content } = await this.templates.getVersion(templateId, version);
    return { ...best, content };
  }

  /** Activates a version for its kind and language, and returns the row that it replaces. Lock the template first. */
  async upsert(next: ActiveEmailTemplate): Promise<ActiveEmailTemplate | undefined> {
    const { accountId, kind, language, ...columns } = next;
    const { manager } = this.unitOfWork;
    const lockActive = () =>
      forUpdate(
        manager,
        manager.createQueryBuilder(ActiveEmailTemplate, 'active').where({ accountId, kind, language }),
      ).getOne();
    let before = await lockActive();
    while (!before) {
      await insertIgnoring(manager, ActiveEmailTemplate, next);
      before = await lockActive();
      if (before?.templateId === next.templateId) return undefined;
      // Another template was activated meanwhile; or it was deleted again, and the loop tries once more.
    }
    await manager.update(ActiveEmailTemplate, { accountId, kind, language }, columns);
    return before;
  }

  /** Deactivates a template, and returns the version that was active. Lock the template first. */
  async delete(templateId: string): Promise<number | undefined> {
    const { manager } = this.unitOfWork;
    const active = manager.createQueryBuilder(ActiveEmailTemplate, 'active').where({ templateId });
    const before = await forUpdate(manager, active).getOne();
    if (before) await manager.delete(ActiveEmailTemplate, { templateId });
    return before?.version;
  }
}
