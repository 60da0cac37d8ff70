import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { forUpdate, insertIgnoring } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { listFallbackLanguages } from '../../lib/language';

import { ActiveEmailTemplate, EmailTemplateVersion, type EmailKind } from './email-template.entity';
import { EmailTemplatesRepository } from './email-templates.repository';

/** The language that mails are in where nobody said, or where they are not in the one that was said. */
const DEFAULT_LANGUAGE = 'en';

/** Which versions of templates mails go out with: at most one for each kind and language of an account. */
@Injectable()
export class ActiveEmailTemplatesRepository {
  constructor(
    private readonly templates: EmailTemplatesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The active version of each template that has one, by the template's id. */
  async findVersions(templateIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.unitOfWork.manager.findBy(ActiveEmailTemplate, { templateId: In([...templateIds]) });
    return new Map(rows.map(({ templateId, version }) => [templateId, version]));
  }

  /** The active version of one template; undefined while mails do not go out with it. */
  async findVersion(templateId: string): Promise<number | undefined> {
    return (await this.findVersions([templateId])).get(templateId);
  }

  /** The best one for whoever reads the language: in that, in what it is a kind of, or in English. */
  async findBest(
    accountId: string,
    kind: EmailKind,
    wanted: string | null,
  ): Promise<(ActiveEmailTemplate & Pick<EmailTemplateVersion, 'content'>) | undefined> {
    const languages = [...(wanted === null ? [] : listFallbackLanguages(wanted)), DEFAULT_LANGUAGE];
    const active = await this.unitOfWork.manager.findBy(ActiveEmailTemplate, {
      accountId,
      kind,
      language: In(languages),
    });
    const [best] = languages.flatMap((language) => active.find((candidate) => candidate.language === language) ?? []);
    if (!best) return undefined;
    const { templateId, version } = best;
    const { content } = await this.templates.getVersion(templateId, version);
    return { ...best, content };
  }

  /** Makes it the active one of its kind and language, and answers the one that was before. Lock its template first. */
  async upsert(next: ActiveEmailTemplate): Promise<ActiveEmailTemplate | undefined> {
    const { accountId, kind, language, ...columns } = next;
    const { manager } = this.unitOfWork;
    const locked = () =>
      forUpdate(
        manager,
        manager.createQueryBuilder(ActiveEmailTemplate, 'active').where({ accountId, kind, language }),
      ).getOne();
    let before = await locked();
    while (!before) {
      await insertIgnoring(manager, ActiveEmailTemplate, next);
      before = await locked();
      if (before?.templateId === next.templateId) return undefined;
      // Somebody else's came first; or it came and went, and there is none again.
    }
    await manager.update(ActiveEmailTemplate, { accountId, kind, language }, columns);
    return before;
  }

  /** Ends that mails go out with the template, and answers the version that they went out with. Lock it first. */
  async delete(templateId: string): Promise<number | undefined> {
    const { manager } = this.unitOfWork;
    const active = manager.createQueryBuilder(ActiveEmailTemplate, 'active').where({ templateId });
    const before = await forUpdate(manager, active).getOne();
    if (before) await manager.delete(ActiveEmailTemplate, { templateId });
    return before?.version;
  }
}
