import type { Response } from 'supertest';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { buildTemplate, Editor, INVOICE_TEMPLATE, TEMPLATES } from '../../support/email-templates';
import type { Query } from '../../support/person';
import { Report } from '../../support/report';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('the Email Editor', () => {
  const service = useService();
  const manager = useManager(service);
  const report = new Report(manager);
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['email_editor']);
  const editor = new Editor(john);

  afterEach(() => jest.restoreAllMocks());

  const lastLine = async () => (await new Report(manager, john).lastCsvRow())!.slice(1);
  const line = (activity: string, name = 'Invoice') => ['John Doe', activity, '', '', '', '', '', name];
  const lastDetails = async (activity: string) => {
    const { id } = await report.lastRow({ activity });
    return (await service.writeSource.getRepository(Activity).findOneByOrFail({ id })).details;
  };

  it('makes a draft, in the language as everybody writes it', async () => {
    service.setTime('2026-03-01T12:00:00Z');
    const template = await editor.makes({ name: ' Invoice ', language: 'pt-br' });
    jest.restoreAllMocks();
    expect(template).toEqual({
      ...INVOICE_TEMPLATE,
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      language: 'pt-BR',
      version: 1,
      activeVersion: null,
      status: 'draft',
      createdAt: '2026-03-01T14:00:00.000+02:00',
      updatedAt: '2026-03-01T14:00:00.000+02:00',
      deletedAt: null,
    });
    expect(await editor.sees(template)).toEqual(template);
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({ comment: 'Email template' });
  });

  it('records what was made', async () => {
    const { id } = await editor.makes();
    expect(await lastLine()).toEqual(line('Email Editor: create template'));
    expect(await lastDetails('email_template.created')).toEqual({
      templateId: id,
      kind: 'invoice',
      language: 'en',
      version: 1,
      content: {
        subject: INVOICE_TEMPLATE.subject,
        html: { length: INVOICE_TEMPLATE.html.length, sha256: expect.stringMatching(/^[0-9a-f]{16}$/) },
        text: { length: INVOICE_TEMPLATE.text.length, sha256: expect.stringMatching(/^[0-9a-f]{16}$/) },
      },
    });
  });

  it('keeps every edit as a version, and records what it changed', async () => {
    const template = await editor.makes();
    const second = await editor.edits(template, { subject: 'New', html: '<p>{{ total }}<br></p>' });
    expect(second).toMatchObject({ version: 2, subject: 'New', html: '<p>{{total}}<br /></p>', status: 'draft' });
    expect(await lastLine()).toEqual(line('Email Editor: update template'));
    expect(await lastDetails('email_template.updated')).toEqual({
      templateId: template.id,
      kind: 'invoice',
      language: 'en',
      version: 2,
      changes: {
        subject: { from: INVOICE_TEMPLATE.subject, to: 'New' },
        html: {
          from: { length: INVOICE_TEMPLATE.html.length, sha256: expect.any(String) },
          to: { length: 22, sha256: expect.any(String) },
        },
      },
    });
    const third = await editor.edits(second, { name: 'Renamed' });
    expect(third).toMatchObject({ version: 3, name: 'Renamed', subject: 'New' });
    expect(await lastLine()).toEqual(line('Email Editor: update template', 'Invoice'));
    const { body } = await john.get(`${TEMPLATES}/${template.id}/versions`).expect(200);
    expect(body).toEqual({
      data: [
        expect.objectContaining({ version: 3, subject: 'New', createdByName: 'John Doe', active: false }),
        expect.objectContaining({ version: 2, subject: 'New', html: '<p>{{total}}<br /></p>' }),
        {
          version: 1,
          subject: INVOICE_TEMPLATE.subject,
          html: INVOICE_TEMPLATE.html,
          text: INVOICE_TEMPLATE.text,
          active: false,
          createdByName: 'John Doe',
          createdAt: template.createdAt,
        },
      ],
      nextCursor: null,
    });
    expect(await report.lastRow({ activity: 'page.accessed' })).toMatchObject({ comment: 'Email template history' });
  });

  it('makes no version of an edit that changes nothing', async () => {
    const template = await editor.makes({ html: '<p>a<br>b &amp; c' });
    const { name, subject, html, text } = template;
    expect(await editor.edits(template, { name, subject, html, text })).toEqual(template);
    expect(await editor.edits(template, {})).toEqual(template);
    expect(await lastDetails('email_template.updated')).toMatchObject({ version: 1, changes: {} });
  });

  it('shows a history page by page', async () => {
    let template = await editor.makes();
    for (const subject of ['2', '3', '4', '5']) template = await editor.edits(template, { subject });
    const versions = [];
    for (let query: Query | undefined = { limit: 2 }; query;) {
      const { body }: Response = await john.get(`${TEMPLATES}/${template.id}/versions`, query).expect(200);
      versions.push(body.data.map(({ version }: { version: number }) => version));
      query = body.nextCursor && { limit: 2, cursor: body.nextCursor };
    }
    expect(versions).toEqual([[5, 4], [3, 2], [1]]);
    const other = await editor.makes();
    const { body: first } = await john.get(`${TEMPLATES}/${template.id}/versions`, { limit: 1 }).expect(200);
    const query = { cursor: first.nextCursor };
    const { body } = await john.get(`${TEMPLATES}/${other.id}/versions`, query).expect(400);
    expect(body.code).toBe('cursor_of_another_filter');
    const { body: list } = await john.get(TEMPLATES, { limit: 1 }).expect(200);
    await john.get(`${TEMPLATES}/${other.id}/versions`, { cursor: list.nextCursor }).expect(400);
  });

  it('activates the newest version or an older one, and tells which one it was before', async () => {
    const first = await editor.makes({ language: 'de' });
    const second = await editor.edits(first, { subject: 'Zwei' });
    expect(await editor.activates(second)).toMatchObject({ activeVersion: 2, version: 2, status: 'active' });
    expect(await lastLine()).toEqual(line('Email Editor: activate template'));
    expect(await lastDetails('email_template.activated')).toEqual({
      templateId: first.id,
      kind: 'invoice',
      language: 'de',
      version: 2,
      changes: { active: { from: null, to: { templateId: first.id, version: 2, language: 'de' } } },
    });
    expect(await editor.activates(first, { version: 1 })).toMatchObject({ activeVersion: 1, version: 2 });
    const draft = await editor.edits(second, { subject: 'Drei' });
    expect(draft).toMatchObject({ activeVersion: 1, version: 3, status: 'active' });
    const { body } = await john.get(`${TEMPLATES}/${first.id}/versions`).expect(200);
    expect(body.data.map(({ active }: { active: boolean }) => active)).toEqual([false, false, true]);
    const other = await editor.makesActive({ language: 'de', name: 'Other' });
    expect(await lastDetails('email_template.activated')).toMatchObject({
      changes: { active: { from: { templateId: first.id, version: 1 }, to: { templateId: other.id, version: 1 } } },
    });
    expect(await editor.sees(first)).toMatchObject({ activeVersion: null, status: 'draft' });
  });

  it('deletes, and restores as a draft', async () => {
    const template = await editor.makesActive({ language: 'fr' });
    await editor.deletes(template);
    expect(await lastLine()).toEqual(line('Email Editor: delete template'));
    expect(await lastDetails('email_template.deleted')).toMatchObject({
      templateId: template.id,
      changes: { activeVersion: { from: 1, to: null } },
      fallback: 'built_in',
    });
    const deletedAt = expect.stringMatching(/^20.*\+0[23]:00$/);
    expect(await editor.sees(template)).toMatchObject({ deletedAt, activeVersion: null, status: 'draft' });
    const ids = async (deleted: boolean) => (await editor.lists({ language: 'fr', deleted })).map(({ id }) => id);
    expect([await ids(false), await ids(true)]).toEqual([[], [template.id]]);
    const { body } = await john.post(`${TEMPLATES}/${template.id}/restore`).expect(200);
    expect(body).toMatchObject({ id: template.id, deletedAt: null, status: 'draft', version: 1 });
    expect(await lastLine()).toEqual(line('Email Editor: restore template'));
    expect(await lastDetails('email_template.restored')).toMatchObject({ templateId: template.id, version: 1 });
    expect([await ids(false), await ids(true)]).toEqual([[template.id], []]);
  });

  it('tells what mails go out with after the active template is deleted', async () => {
    const common = await editor.makesActive({ language: 'en', kind: 'order_confirmation', ...ORDER_CONTENT });
    const regional = await editor.makesActive({ language: 'en-GB', kind: 'order_confirmation', ...ORDER_CONTENT });
    await editor.deletes(regional);
    const fallbackTemplate = { templateId: common.id, version: 1, language: 'en' };
    expect(await lastDetails('email_template.deleted')).toMatchObject({ fallback: 'template', fallbackTemplate });
    await editor.deletes(common);
    expect(await lastDetails('email_template.deleted')).toMatchObject({ fallback: 'none' });
    await editor.deletes(await editor.makes());
    expect(await lastDetails('email_template.deleted')).not.toHaveProperty('changes');
  });

  it('lists templates by kind and language, page by page, without what their mails say', async () => {
    const other = await service.newManager('manager@lists.example');
    const lister = new Editor(other);
    const made = [];
    for (const language of ['en', 'ro', 'ro', 'en']) made.push(await lister.makes({ language }));
    const order = await lister.makes({ kind: 'order_confirmation', ...ORDER_CONTENT });
    const [shown] = await lister.lists({ kind: 'order_confirmation' });
    expect(shown).toEqual({ ...order, html: undefined, text: undefined });
    expect(Object.keys(shown!)).not.toContain('html');
    const ids = async (query: Record<string, string>) => (await lister.lists(query)).map(({ id }) => id);
    expect(await ids({ language: 'RO' })).toEqual([made[1]!.id, made[2]!.id]);
    expect(await ids({ kind: 'invoice', language: 'en' })).toEqual([made[0]!.id, made[3]!.id]);
    const { body: first } = await other.get(TEMPLATES, { limit: 3 }).expect(200);
    const { body: second } = await other.get(TEMPLATES, { limit: 3, cursor: first.nextCursor }).expect(200);
    await other.get(TEMPLATES, { limit: 100 }).expect(200);
    const refused = await other.get(TEMPLATES, { limit: 101 }).expect(400);
    expect(refused.body).toMatchObject({ code: 'out_of_range', detail: expect.stringContaining('100') });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual([...made, order].map(({ id }) => id));
    expect(second.nextCursor).toBeNull();
    expect(await new Report(other).lastRow({ activity: 'page.accessed' })).toMatchObject({
      comment: 'Email templates',
    });
  });

  it('knows the placeholders of each kind', async () => {
    const { body } = await john.get(`${TEMPLATES}/kinds`).expect(200);
    expect(body.data.map(({ kind }: { kind: string }) => kind)).toEqual([
      'invoice',
      'order_confirmation',
      'order_cancellation',
      'refund_confirmation',
    ]);
    for (const { kind, placeholders } of body.data) {
      const all = placeholders.map(({ name }: { name: string }) => `{{${name}}}`).join(' ');
      const { id } = await editor.makes({ kind, subject: 'All', html: `<p>${all}</p>`, text: all });
      const { body: preview } = await john.post(`${TEMPLATES}/${id}/preview`).expect(200);
      const samples = placeholders.map(({ sample }: { sample: string }) => sample).join(' ');
      expect(preview).toEqual({ subject: 'All', html: `<p>${samples}</p>`, text: samples });
    }
  });

  it('keeps the templates of accounts apart', async () => {
    const template = await editor.makes();
    const other = await service.newManager('manager@two.example');
    const path = `${TEMPLATES}/${template.id}`;
    for (const answer of [
      await other.get(path),
      await other.get(`${path}/versions`),
      await other.patch(path, { name: 'Mine', version: 1 }),
      await other.post(`${path}/preview`),
      await other.post(`${path}/test`, { recipient: 'a@b.example' }),
      await other.post(`${path}/activate`),
      await other.post(`${path}/restore`),
      await other.delete(path),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ code: 'template_not_found', errors: [{ field: 'id' }] });
    }
    expect(await editor.sees(template)).toEqual(template);
    expect(await new Editor(other).lists()).toEqual([]);
    expect(await new Report(other).lastRow({ activity: 'email_template.deleted' })).toMatchObject({
      outcome: 'failure',
    });
  });

  it('is closed to whoever lacks its privilege, and records who tried', async () => {
    const template = await editor.makes();
    const noah = await service.newUser(manager, 'noah@one.example', 'Noah Smith', ['orders', 'invoices']);
    const path = `${TEMPLATES}/${template.id}`;
    for (const [activity, answer] of [
      ['page.accessed', await noah.get(TEMPLATES)],
      ['page.accessed', await noah.get(`${TEMPLATES}/kinds`)],
      ['email_template.created', await noah.post(TEMPLATES, buildTemplate())],
      ['email_template.updated', await noah.patch(path, { version: 1 })],
      ['email_template.previewed', await noah.post(`${path}/preview`, { orderReference: '2000001' })],
      ['email_template.test_sent', await noah.post(`${path}/test`, {})],
      ['email_template.activated', await noah.post(`${path}/activate`)],
      ['email_template.deleted', await noah.delete(path)],
      ['email_template.restored', await noah.post(`${path}/restore`)],
    ] as const) {
      expect(answer.status).toBe(403);
      const record = await report.lastRow({ activity });
      expect(record).toMatchObject({ outcome: 'denied', user: { name: 'Noah Smith' } });
      if (activity === 'email_template.previewed') expect(record.orderReference).toBe('2000001');
      if (activity === 'email_template.created') expect(record.comment).toBe('Invoice');
    }
  });
});

const ORDER_CONTENT = { subject: 'Order', html: '<p>{{products}}</p>', text: '{{products}}' };
