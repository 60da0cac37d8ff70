import { ActivityType } from '../../../src/audit/catalogue/activity-type';
import { csvLines } from '../../support/csv';
import { ingest, recordOf } from '../../support/ingestion';
import { untilSequenced } from '../../support/ledger';
import type { Person } from '../../support/person';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const NOTE = { code: 'custom.crm.note_added', label: 'CRM: add note', group: 'CRM' };
/** The details of a record that another system sent. */
const SENT = ['key', 'senderId'].map((name) => ({
  name,
  description: expect.any(String) as string,
  example: expect.any(String) as string,
}));
const SHOWN_NOTE = { ...NOTE, columns: [], details: SENT, custom: true, version: 1 };

describe('custom activity types', () => {
  const service = useService();
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');

  beforeAll(async () => {
    expect((await manager.post('/v1/activity-types', NOTE).expect(201)).body).toEqual(SHOWN_NOTE);
  });

  const types = async (person: Person): Promise<{ code: string; label: string; custom: boolean }[]> =>
    (await person.get('/v1/activity-types').expect(200)).body.data;
  const ownOf = async (person: Person) => (await types(person)).filter(({ custom }) => custom);
  const register = (code: string, label = 'Label', group = 'Group') =>
    manager.post('/v1/activity-types', { code, label, group });
  const change = (code: string, body: object, person = manager) =>
    person.patch(`/v1/activity-types/${code}`, { version: 1, ...body });
  const details = async (activity: string) => {
    const [row] = await service.writeSource.query<{ details: string; comment: string | null }[]>(
      `SELECT details, comment FROM activities WHERE activity = '${activity}' ORDER BY id DESC LIMIT 1`,
    );
    return { comment: row!.comment, ...(JSON.parse(row!.details) as object) };
  };

  it('are listed after the built-in ones, which come first as ever', async () => {
    const listed = await types(manager);
    const builtIn = Object.values(ActivityType).length;
    expect(listed.length).toBeGreaterThan(builtIn);
    expect(listed.slice(0, builtIn).every(({ custom }) => !custom)).toBe(true);
    expect(listed[0]).toMatchObject({
      code: 'user.login',
      label: 'Login',
      group: 'Sessions',
      columns: [],
      custom: false,
      version: null,
    });
    expect(listed.slice(builtIn)).toContainEqual(SHOWN_NOTE);
  });

  it('are found by their code, like the built-in ones', async () => {
    const { body } = await manager.get('/v1/activity-types/subscription.extended').expect(200);
    expect(body).toEqual({
      code: 'subscription.extended',
      label: 'Extend subscription lifetime',
      group: 'Subscriptions',
      columns: ['subscriptionReference'],
      details: [
        {
          name: 'days',
          description: 'The number of 24-hour days by which the end of the subscription was moved.',
          example: 30,
        },
        {
          name: 'changes',
          description:
            'The fields that were changed, by name, each with its old value in `from` and its new value in `to`. It can have `endsAt`.',
          example: { endsAt: { from: '2027-01-15T09:30:00.000+02:00', to: '2027-02-14T09:30:00.000+02:00' } },
        },
      ],
      custom: false,
      version: null,
    });
    expect((await manager.get(`/v1/activity-types/${NOTE.code}`).expect(200)).body).toEqual(SHOWN_NOTE);
    for (const person of [other, manager]) {
      const code = person === other ? NOTE.code : 'custom.nothing';
      const { body } = await person.get(`/v1/activity-types/${code}`).expect(404);
      expect(body.code).toBe('activity_type_not_found');
    }
  });

  it('are recorded, with who registered what', async () => {
    await register('custom.recorded', 'Recorded', 'Some group').expect(201);
    expect(await details('activity_type.created')).toEqual({
      comment: 'Recorded',
      code: 'custom.recorded',
      label: 'Recorded',
      group: 'Some group',
    });
    expect((await manager.report({ activity: 'activity_type.created', limit: 1 }))[0]).toMatchObject({
      activity: { label: 'Create activity type' },
      user: { id: manager.user.id },
    });
    await change('custom.recorded', { label: 'Renamed' }).expect(200);
    expect(await details('activity_type.updated')).toEqual({
      comment: 'Renamed',
      code: 'custom.recorded',
      changes: { label: { from: 'Recorded', to: 'Renamed' } },
    });
  });

  it('filter and export like the others', async () => {
    const records = [
      recordOf('note 1', { activity: NOTE.code, page: undefined, amount: '-5', currency: 'USD', comment: 'first' }),
      recordOf('note 2', { activity: NOTE.code, page: undefined, outcome: 'failure' }),
      recordOf('page 1'),
    ];
    await ingest(manager, records).expect(200);
    await untilSequenced(service);
    const filter = { activity: NOTE.code, order: 'asc' };
    const rows = await manager.report(filter);
    expect(rows.map(({ activity, outcome, amount }) => [activity, outcome, amount]).sort()).toEqual([
      [{ code: NOTE.code, label: 'CRM: add note' }, 'failure', null],
      [{ code: NOTE.code, label: 'CRM: add note' }, 'success', '-5'],
    ]);
    const [, ...lines] = csvLines(await manager.csv(filter));
    expect(lines.map(([, , activity]) => activity).sort()).toEqual(['CRM: add note', 'CRM: add note (failed)']);
    expect(
      (await manager.report({ activity: [NOTE.code, 'page.accessed'], outcome: 'success' })).length,
    ).toBeGreaterThan(1);
    expect(await manager.walk({ ...filter, limit: 1 })).toEqual(rows);
    const [built] = await manager.report({ activity: 'report.exported', limit: 1 });
    expect(built!.comment).toContain('; CRM: add note');
  });

  it('are called in old rows what they are called now', async () => {
    await register('custom.renamed', 'Before').expect(201);
    await ingest(manager, [recordOf('renamed', { activity: 'custom.renamed', page: undefined })]).expect(200);
    const { body } = await change('custom.renamed', { label: 'After', group: 'Elsewhere' }).expect(200);
    expect(body).toEqual({
      code: 'custom.renamed',
      label: 'After',
      group: 'Elsewhere',
      columns: [],
      details: SENT,
      custom: true,
      version: 2,
    });
    const [row] = await manager.report({ activity: 'custom.renamed' });
    expect(row!.activity).toEqual({ code: 'custom.renamed', label: 'After' });
    expect((await change('custom.renamed', { version: 2 }).expect(200)).body).toEqual(body);
  });

  it('are no formula to a spreadsheet, whatever they are called', async () => {
    await register('custom.formula', '=HYPERLINK("http://evil.example")').expect(201);
    await ingest(manager, [recordOf('formula', { activity: 'custom.formula', page: undefined })]).expect(200);
    const [, line] = csvLines(await manager.csv({ activity: 'custom.formula' }));
    expect(line![2]).toBe(`'=HYPERLINK("http://evil.example")`);
    const [row] = await manager.report({ activity: 'custom.formula' });
    expect(row!.activity.label).toBe('=HYPERLINK("http://evil.example")');
  });

  it('are unknown to another account', async () => {
    expect(await ownOf(other)).toEqual([]);
    const query = { activity: NOTE.code };
    const report = await other.get('/v1/reports/users-activity', query).expect(400);
    expect(report.body).toMatchObject({ code: 'activity_unknown', errors: [{ field: 'activity' }] });
    await other.get('/v1/reports/users-activity', { ...query, format: 'csv' }).expect(400);
    const sent = await ingest(other, [recordOf('foreign', { activity: NOTE.code })]).expect(400);
    expect(sent.body).toMatchObject({ code: 'activity_unknown', errors: [{ field: '/records/0/activity' }] });
    expect((await change(NOTE.code, { label: 'Mine' }, other).expect(404)).body.code).toBe('activity_type_not_found');
    await other.post('/v1/activity-types', { ...NOTE, label: 'Another note' }).expect(201);
    expect((await ownOf(manager)).find(({ code }) => code === NOTE.code)!.label).toBe('CRM: add note');
  });

  it.each([
    ['custom.x', 'activity_type_not_found', 404],
    ['user.login', 'activity_type_built_in', 409],
    ['nothing', 'activity_type_not_found', 404],
    ['x'.repeat(65), 'length_out_of_range', 400],
  ])('are not changed as %s', async (code, problem, status) => {
    expect((await change(code, { label: 'L' }).expect(status)).body.code).toBe(problem);
  });

  it.each([
    [{ code: 'user.login' }, 'format_invalid', '/code'],
    [{ code: 'custom.' }, 'format_invalid', '/code'],
    [{ code: 'custom' }, 'format_invalid', '/code'],
    [{ code: 'custom..x' }, 'format_invalid', '/code'],
    [{ code: 'custom.x.' }, 'format_invalid', '/code'],
    [{ code: 'custom.X' }, 'format_invalid', '/code'],
    [{ code: 'custom.a-b' }, 'format_invalid', '/code'],
    [{ code: 'custom.x\n' }, 'format_invalid', '/code'],
    [{ code: `custom.${'x'.repeat(58)}` }, 'length_out_of_range', '/code'],
    [{ code: undefined }, 'required', '/code'],
    [{ label: '' }, 'length_out_of_range', '/label'],
    [{ label: 'x'.repeat(101) }, 'length_out_of_range', '/label'],
    [{ label: '❤\ufe0f'.repeat(51) }, 'length_out_of_range', '/label'],
    [{ label: null }, 'not_a_text', '/label'],
    [{ group: '  ' }, 'length_out_of_range', '/group'],
    [{ group: undefined }, 'required', '/group'],
    [{ columns: ['amount'] }, 'field_unknown', '/columns'],
  ])('are not registered with %j', async (wrong, code, field) => {
    const before = await ownOf(manager);
    const { body } = await manager
      .post('/v1/activity-types', { code: 'custom.fine', label: 'Fine', group: 'Group', ...wrong })
      .expect(400);
    expect(body).toMatchObject({ code, errors: [{ field, code }] });
    expect(await ownOf(manager)).toEqual(before);
  });

  it('lose no change: one of two that read the same version is refused', async () => {
    await register('custom.shared').expect(201);
    const answers = await Promise.all(['One', 'Two'].map((label) => change('custom.shared', { label })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [made, refused] = answers.sort((a, b) => a.status - b.status);
    expect(refused!.body).toMatchObject({ code: 'version_outdated', errors: [{ field: '/version' }] });
    expect(made!.body.version).toBe(2);
    expect((await manager.get('/v1/activity-types/custom.shared').expect(200)).body).toEqual(made!.body);
    const missing = await manager.patch('/v1/activity-types/custom.shared', { label: 'Three' }).expect(400);
    expect(missing.body).toMatchObject({ code: 'required', errors: [{ field: '/version' }] });
  });

  it('are registered once, by one of several at once', async () => {
    const answers = await Promise.all(['One', 'Two', 'Three'].map((label) => register('custom.race', label)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('activity_type_taken');
    const winner = answers.find(({ status }) => status === 201)!.body;
    expect((await ownOf(manager)).filter(({ code }) => code === 'custom.race')).toEqual([winner]);
  });

  it('need the privilege for account settings, and a label of their own', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John', ['orders']);
    const sender = await service.newUser(manager, 'sender@one.example', 'Sender', ['activities_write']);
    const settings = await service.newUser(manager, 'settings@one.example', 'Settings', ['account_settings']);
    expect(await types(john)).toEqual(await types(manager));
    await john.post('/v1/activity-types', { ...NOTE, code: 'custom.johns' }).expect(403);
    await change(NOTE.code, { label: 'Johns' }, john).expect(403);
    expect(await details('activity_type.updated')).toMatchObject({ code: NOTE.code, error: 'privilege_missing' });
    await sender.post('/v1/activity-types', { ...NOTE, code: 'custom.sent' }).expect(403);
    await settings.post('/v1/activity-types', { ...NOTE, code: 'custom.sent' }).expect(201);
    await change('custom.sent', { group: 'Settings' }, settings).expect(200);
    const login = await settings.post('/v1/activity-types', { ...NOTE, code: 'custom.x', label: 'LOGIN' }).expect(409);
    expect(login.body).toMatchObject({ code: 'activity_label_built_in', errors: [{ field: '/label' }] });
    const renamed = await change('custom.sent', { label: 'Cancel order refund', version: 2 }, settings).expect(409);
    expect(renamed.body.code).toBe('activity_label_built_in');
  });

  it('are 200 at most, however many are registered at once', async () => {
    const codes = Array.from({ length: 200 }, (_, place) => `custom.many.n${place}`);
    for (let place = (await ownOf(other)).length; place < 195; place++) {
      await other.post('/v1/activity-types', { code: codes[place], label: `N${place}`, group: 'Many' }).expect(201);
    }
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, place) =>
        other.post('/v1/activity-types', { code: `custom.late.n${place}`, label: 'Late', group: 'Late' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, body.code]).toEqual([409, 'activity_types_full']);
    expect(await ownOf(other)).toHaveLength(200);
    const codesOf = (await ownOf(other)).map(({ code }) => code);
    expect(codesOf).toEqual([...codesOf].sort());
    await other.report({ activity: codesOf.slice(0, 150), outcome: ['failure', 'denied'] });
  }, 360_000);
});
