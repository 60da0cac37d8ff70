import { ActiveEmailTemplate } from '../../../src/control-panel/shopper-mails/email-template.entity';
import { Editor, TEMPLATES, type Template } from '../../support/email-templates';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('templates that several people work on at once', () => {
  const service = useService();
  const manager = useManager(service);
  const editor = new Editor(manager);

  const activeOnes = (language: string) =>
    service.writeSource.getRepository(ActiveEmailTemplate).findBy({ language, kind: 'invoice' });
  const each = (templates: readonly Template[], action: string) =>
    Promise.all(templates.map(({ id }) => manager.post(`${TEMPLATES}/${id}/${action}`)));

  it('have exactly one active version, whoever activates which', async () => {
    for (const language of ['de', 'fr', 'ro']) {
      const templates = [];
      for (let count = 0; count < 6; count++) templates.push(await editor.makes({ language }));
      const [first] = templates as [Template];
      await editor.edits(first, { subject: 'Second' });
      const answers = await Promise.all([
        each(templates, 'activate'),
        ...[1, 2, 1].map((version) => manager.post(`${TEMPLATES}/${first.id}/activate`, { version })),
      ]);
      expect(answers.flat().map(({ status }) => status)).toEqual(Array(9).fill(200));
      const rows = await activeOnes(language);
      expect(rows).toHaveLength(1);
      const listed = await editor.lists({ language });
      expect(listed.filter(({ status }) => status === 'active')).toMatchObject([
        { id: rows[0]!.templateId, activeVersion: rows[0]!.version },
      ]);
      const records = await manager.report({ activity: 'email_template.activated', limit: 9 });
      expect(records.map(({ outcome }) => outcome)).toEqual(Array(9).fill('success'));
    }
  });

  it('are never active and deleted', async () => {
    for (let round = 0; round < 5; round++) {
      const language = `en-x-round${round}`;
      const [mine, other] = [await editor.makes({ language }), await editor.makes({ language })];
      if (round % 2 === 0) await editor.activates(mine);
      const [activated, deleted] = await Promise.all([
        manager.post(`${TEMPLATES}/${mine.id}/activate`),
        manager.delete(`${TEMPLATES}/${mine.id}`),
        manager.post(`${TEMPLATES}/${other.id}/activate`),
      ]);
      expect([200, 409]).toContain(activated.status);
      expect(deleted.status).toBe(204);
      // None is active where the other one was replaced by mine before mine was deleted.
      expect([[], [other.id]]).toContainEqual((await activeOnes(language)).map(({ templateId }) => templateId));
      expect(await editor.sees(mine)).toMatchObject({ status: 'draft', deletedAt: expect.any(String) });
    }
  });

  it('are written by each action that locks them: a cluster compares what transactions wrote, and nothing else', async () => {
    const template = await editor.makes();
    const lockCount = async () => {
      const [row] = await service.writeSource.query<[{ lock_count: number }]>(
        `SELECT lock_count FROM email_templates WHERE id = '${template.id}'`,
      );
      return row.lock_count;
    };
    for (const [count, action] of (['activate', 'delete', 'restore'] as const).entries()) {
      if (action === 'delete') await manager.delete(`${TEMPLATES}/${template.id}`).expect(204);
      else await manager.post(`${TEMPLATES}/${template.id}/${action}`).expect(200);
      expect(await lockCount()).toBe(count + 1);
    }
  });

  it('lose no edit: one is made, the others are refused as outdated', async () => {
    const template = await editor.makes();
    const edits = ['a', 'b', 'c', 'd'].map((subject) =>
      manager.patch(`${TEMPLATES}/${template.id}`, { subject, version: 1 }),
    );
    const answers = await Promise.all(edits);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('version_outdated');
    const made = answers.find(({ status }) => status === 200)!.body;
    expect(await editor.sees(template)).toEqual(made);
    const { body } = await manager.get(`${TEMPLATES}/${template.id}/versions`).expect(200);
    expect(body.data.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  });

  it('are deleted once, and restored once', async () => {
    const template = await editor.makes();
    const path = `${TEMPLATES}/${template.id}`;
    const deletions = await Promise.all([manager.delete(path), manager.delete(path), manager.delete(path)]);
    expect(deletions.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
    const restorations = await each([template, template, template], 'restore');
    expect(restorations.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});
