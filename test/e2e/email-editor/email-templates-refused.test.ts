import { buildTemplate, Editor, TEMPLATES, type Template } from '../../support/email-templates';
import { Report } from '../../support/report';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('a template is refused', () => {
  const service = useService();
  const manager = useManager(service);
  const report = new Report(manager);
  const editor = new Editor(manager);
  let template: Template;

  beforeAll(async () => {
    template = await editor.makes();
  });

  const post = (change: object) => manager.post(TEMPLATES, buildTemplate(change));
  const patch = (change: object, { id } = template) => manager.patch(`${TEMPLATES}/${id}`, { version: 1, ...change });

  it.each([
    ['an unclosed placeholder', { subject: 'Hi {{shopperName' }, 'template_malformed', '/subject'],
    ['a block', { text: 'a\n\n{{#if total}}x{{/if}}' }, 'template_malformed', '/text', /on line 3/],
    ['a partial', { text: '{{> other}}' }, 'template_malformed', '/text'],
    ['a helper', { text: '{{lookup this "x"}}' }, 'template_malformed', '/text'],
    ['three braces', { html: '<p>{{{shopperName}}}</p>' }, 'template_malformed', '/html'],
    ['an ampersand', { html: '<p>{{&shopperName}}</p>' }, 'template_malformed', '/html'],
    ['a comment', { text: '{{! hello }}' }, 'template_malformed', '/text'],
    ['a path', { text: '{{constructor.name}}' }, 'template_malformed', '/text'],
    ['the context', { text: '{{this}}' }, 'template_malformed', '/text'],
    ['an escaped placeholder', { text: '\\{{shopperName}}' }, 'template_malformed', '/text'],
    ['an unknown placeholder', { subject: 'Hi {{name}}' }, 'placeholder_unknown', '/subject', /\{\{shopperName\}\}/],
    ['one of another kind', { text: '{{refundAmount}}' }, 'placeholder_unknown', '/text'],
    ['one that every object has', { text: '{{constructor}}' }, 'placeholder_unknown', '/text'],
    ['a script', { html: '<p>Hi</p><SCRIPT>alert(1)</SCRIPT>' }, 'html_unsafe', '/html', /<script>/],
    ['an unclosed script', { html: '<p>Hi</p><script src=//evil.example' }, 'html_unsafe', '/html'],
    ['an event handler', { html: '<p onclick="x()">Hi</p>' }, 'html_unsafe', '/html', /onclick in <p>/],
    ['a javascript link', { html: '<a href="java&#115;cript:x()">x</a>' }, 'html_unsafe', '/html', /javascript:/],
    ['a placeholder for a server', { html: '<a href="https://{{shopperName}}/">x</a>' }, 'html_unsafe', '/html'],
    ['HTML of nothing', { html: '<!doctype html>' }, 'length_out_of_range', '/html'],
    ['HTML that grows when stored', { html: '&'.repeat(49_999) }, 'length_out_of_range', '/html', /249995/],
    ['a subject that can become too long', { subject: '{{products}}' }, 'length_out_of_range', '/subject', /1000.*500/],
    ['a text that can become too long', { text: '{{products}}'.repeat(17) }, 'length_out_of_range', '/text', /17000/],
    ['no name', { name: ' ' }, 'length_out_of_range', '/name'],
    ['a long name', { name: 'x'.repeat(201) }, 'length_out_of_range', '/name'],
    ['a name that no column takes', { name: 'a\ufe0f'.repeat(101) }, 'length_out_of_range', '/name'],
    ['a name that is none', { name: 7 }, 'not_a_text', '/name'],
    ['an empty subject', { subject: '' }, 'length_out_of_range', '/subject'],
    ['a long subject', { subject: 'x'.repeat(201) }, 'length_out_of_range', '/subject'],
    ['a subject of two lines', { subject: 'a\r\nBcc: b@c.example' }, 'format_invalid', '/subject'],
    ['no text', { text: undefined }, 'required', '/text'],
    ['a long text', { text: 'x'.repeat(10_001) }, 'length_out_of_range', '/text'],
    ['long HTML', { html: 'x'.repeat(50_001) }, 'length_out_of_range', '/html'],
    ['HTML as a list', { html: ['<p>'] }, 'not_a_text', '/html'],
    ['an unknown kind', { kind: 'newsletter' }, 'value_unknown', '/kind'],
    ['a language that is none', { language: 'pt_BR' }, 'language_unknown', '/language'],
    ['a long language', { language: 'en-x-abcdefgh-abcdefgh-abcdefgh-abcdefgh' }, 'language_unknown', '/language'],
    ['two languages', { language: ['en', 'de'] }, 'language_unknown', '/language'],
    ['a field that it lacks', { status: 'active' }, 'field_unknown', '/status'],
  ] as [string, object, string, string, RegExp?][])('with %s', async (_, change, code, field, message = /./) => {
    const before = await editor.lists();
    const { body } = await post(change).expect(400);
    expect(body).toMatchObject({ code, errors: [{ field, code, message: expect.stringMatching(message) }] });
    expect(await report.lastRow({ activity: 'email_template.created' })).toMatchObject({ outcome: 'failure' });
    expect(await editor.lists()).toEqual(before);
  });

  it('with a card number in its text', async () => {
    const { body } = await post({ text: 'Your card 4111 1111 1111 1111' }).expect(422);
    expect(body).toMatchObject({ code: 'card_number_refused', errors: [{ field: '/text' }] });
  });

  it('with all of its faults told at once, and by what they have in common', async () => {
    const { body } = await post({ subject: '{{x', html: '<b>{{#y}}', text: '{{z}}' }).expect(400);
    expect(body).toMatchObject({
      code: 'validation_failed',
      errors: [
        { field: '/subject', code: 'template_malformed' },
        { field: '/html', code: 'template_malformed' },
        { field: '/text', code: 'placeholder_unknown' },
      ],
    });
    const { body: alike } = await post({ subject: '{{x}}', text: '{{z}}' }).expect(400);
    expect(alike).toMatchObject({ code: 'placeholder_unknown', errors: [{ field: '/subject' }, { field: '/text' }] });
  });

  it('of expressions that take the engine minutes, at once', async () => {
    const nested = `{{a ${'(b '.repeat(12_000)}${')'.repeat(12_000)}}}`;
    for (const html of [nested, '{{#a}}'.repeat(8000), '{{total}}'.repeat(5000), '<b>'.repeat(16_000)]) {
      await post({ html }).expect(400);
    }
  }, 5000);

  it('when an edit is not right either; it stays as it was, and the failure is recorded with its name', async () => {
    for (const [change, code, field] of [
      [{ html: '<iframe src="https://x.example">' }, 'html_unsafe', '/html'],
      [{ text: '{{nothing}}' }, 'placeholder_unknown', '/text'],
      [{ subject: '{{' }, 'template_malformed', '/subject'],
      [{ version: undefined }, 'required', '/version'],
      [{ kind: 'invoice' }, 'field_unknown', '/kind'],
      [{ language: 'de' }, 'field_unknown', '/language'],
    ] as const) {
      const { body } = await patch(change).expect(400);
      expect(body).toMatchObject({ code, errors: [{ field }] });
      expect(await report.lastRow({ activity: 'email_template.updated' })).toMatchObject({ outcome: 'failure' });
    }
    await patch({ text: '{{nothing}}' }).expect(400);
    expect(await report.lastRow({ activity: 'email_template.updated' })).toMatchObject({ comment: 'Invoice' });
    expect(await editor.sees(template)).toEqual(template);
  });

  it('when somebody else edited it since', async () => {
    const edited = await editor.makes();
    await editor.edits(edited, { subject: 'New' });
    const { body } = await patch({ subject: 'Mine' }, edited).expect(409);
    expect(body).toMatchObject({ code: 'version_outdated', errors: [{ field: '/version' }] });
    expect(await report.lastRow({ activity: 'email_template.updated' })).toMatchObject({
      outcome: 'failure',
      comment: 'Invoice',
    });
  });

  it('when it is deleted, or is not', async () => {
    const deleted = await editor.makes();
    await editor.deletes(deleted);
    const path = `${TEMPLATES}/${deleted.id}`;
    for (const answer of [
      await patch({ subject: 'x' }, deleted),
      await manager.post(`${path}/activate`),
      await manager.post(`${path}/test`, { recipient: 'a@b.example' }),
      await manager.delete(path),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'template_deleted']);
    }
    await manager.post(`${path}/preview`).expect(200);
    const { body } = await manager.post(`${TEMPLATES}/${template.id}/restore`).expect(409);
    expect(body.code).toBe('template_not_deleted');
    expect(await report.lastRow({ activity: 'email_template.restored' })).toMatchObject({
      outcome: 'failure',
      comment: 'Invoice',
    });
  });

  it('when there is none, or no such version', async () => {
    const missing = '01J00000000000000000000000';
    const { body } = await manager.post(`${TEMPLATES}/${missing}/activate`, {}).expect(404);
    expect(body).toMatchObject({ code: 'template_not_found', errors: [{ field: 'id' }] });
    await manager.get(`${TEMPLATES}/nothing`).expect(400);
    for (const [action, request] of [
      ['activate', {}],
      ['preview', {}],
      ['test', { recipient: 'a@b.example' }],
    ] as const) {
      const path = `${TEMPLATES}/${template.id}/${action}`;
      const { body: answer } = await manager.post(path, { ...request, version: 2 }).expect(404);
      expect(answer).toMatchObject({ code: 'template_version_not_found', errors: [{ field: '/version' }] });
      for (const version of [0, 1.5, '1', -1, [1]]) await manager.post(path, { ...request, version }).expect(400);
      await manager.post(path, { ...request, version: 2147483647 }).expect(404);
      await manager.post(path, { ...request, version: 1e300 }).expect(400);
    }
    expect(await editor.sees(template)).toMatchObject({ status: 'draft' });
  });

  it.each([
    ['a test without a recipient', 'test', {}, 'required'],
    ['a recipient that is none', 'test', { recipient: 'nobody' }, 'email_invalid'],
    ['a recipient around another one', 'test', { recipient: '"<a@b.example>"@c.example' }, 'email_invalid'],
    ['two recipients', 'test', { recipient: 'a@b.example,c@d.example' }, 'email_invalid'],
    ['an order that can be none', 'preview', { orderReference: 'x' }, 'format_invalid'],
    ['a field that it lacks', 'preview', { html: '<p>' }, 'field_unknown'],
  ])('with %s', async (_, action, request, code) => {
    const { body } = await manager.post(`${TEMPLATES}/${template.id}/${action}`, request).expect(400);
    expect(body.code).toBe(code);
  });

  it.each([
    [{ kind: 'x' }, 'value_unknown'],
    [{ language: '-' }, 'language_unknown'],
    [{ deleted: 'perhaps' }, 'not_a_boolean'],
    [{ limit: 1001 }, 'out_of_range'],
    [{ status: 'draft' }, 'field_unknown'],
  ])('in a list of %j', async (query, code) => {
    const { body } = await manager.get(TEMPLATES, query as Record<string, string>).expect(400);
    expect(body.code).toBe(code);
  });
});
