import { recordFor } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('the account', () => {
  const service = useService();
  const manager = useManager(service);

  const account = async () => (await manager.get('/v1/account').expect(200)).body;

  it('is shown in its own zone', async () => {
    expect(await account()).toEqual({
      id: manager.user.account.id,
      name: 'Merchant of manager@one.example',
      timeZone: 'Europe/Bucharest',
      retentionDays: 3650,
      version: 1,
      createdAt: expect.stringMatching(/T.+\+0[23]:00$/) as string,
    });
  });

  it('decides by its time zone what a day of the report is, for old records too', async () => {
    await recordFor(service, manager, [
      { at: '2026-02-02T22:30:00Z', fields: { page: 'Night' } },
      { at: '2026-02-03T12:00:00Z', fields: { page: 'Noon' } },
      { at: '2026-02-04T03:30:00Z', fields: { page: 'Evening' } },
    ]);
    const day = { from: '2026-02-03', to: '2026-02-03', order: 'asc' };
    const shown = async () => (await manager.report(day)).map(({ page, occurredAt }) => [page, occurredAt]);
    expect(await shown()).toEqual([
      ['Night', '2026-02-03T00:30:00.000+02:00'],
      ['Noon', '2026-02-03T14:00:00.000+02:00'],
    ]);

    const before = await account();
    const { body } = await manager
      .patch('/v1/account', { timeZone: 'America/New_York', version: before.version })
      .expect(200);
    expect(body).toMatchObject({
      timeZone: 'America/New_York',
      version: Number(before.version) + 1,
      name: before.name,
    });
    expect(Date.parse(body.createdAt)).toBe(Date.parse(before.createdAt));
    expect(await account()).toEqual(body);

    expect(await shown()).toEqual([
      ['Noon', '2026-02-03T07:00:00.000-05:00'],
      ['Evening', '2026-02-03T22:30:00.000-05:00'],
    ]);
    expect(await manager.csv(day)).toContain('2026-02-03 22:30:00,Maria Manager,');
    expect((await manager.get('/v1/auth/me').expect(200)).body.account.timeZone).toBe('America/New_York');
  });

  it.each([
    [{}, 'required', '/version'],
    [{ timeZone: 'Mars/Olympus' }, 'time_zone_unknown', '/timeZone'],
    [{ timeZone: '+02:00' }, 'time_zone_unknown', '/timeZone'],
    [{ name: '  ' }, 'length_out_of_range', '/name'],
    [{ name: 'x'.repeat(201) }, 'length_out_of_range', '/name'],
    [{ retentionDays: 29 }, 'out_of_range', '/retentionDays'],
    [{ retentionDays: 36_501 }, 'out_of_range', '/retentionDays'],
    [{ retentionDays: 365.25 }, 'not_a_whole_number', '/retentionDays'],
    [{ retentionDays: '365' }, 'not_a_whole_number', '/retentionDays'],
    [{ id: '01KAM9W3M8Q6XK2T1N9B7C5D4E' }, 'field_unknown', '/id'],
  ])('is not changed by %j', async (change, code, field) => {
    const before = await account();
    const request = { ...change, ...(field !== '/version' && { version: before.version }) };
    const { body } = await manager.patch('/v1/account', request).expect(400);
    expect(body).toMatchObject({ code, errors: [{ field, code }] });
    expect(await account()).toEqual(before);
  });

  it('says how far back records of other systems may lie, and records who changed it', async () => {
    const { version, retentionDays } = await account();
    const { body } = await manager.patch('/v1/account', { retentionDays: 30, version }).expect(200);
    expect(body).toMatchObject({ retentionDays: 30, version: Number(version) + 1 });
    expect(await account()).toEqual(body);
    const [row] = await service.writeSource.query<{ details: string }[]>(
      `SELECT details FROM activities WHERE activity = 'account.updated' ORDER BY id DESC LIMIT 1`,
    );
    expect(JSON.parse(row!.details)).toEqual({ changes: { retentionDays: { from: retentionDays, to: 30 } } });
  });

  it('is changed by one of two at once', async () => {
    const { version } = await account();
    const answers = await Promise.all(['One', 'Two'].map((name) => manager.patch('/v1/account', { name, version })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('version_outdated');
    expect(await account()).toEqual(answers.find(({ status }) => status === 200)!.body);
  });

  it('is neither shown nor changed without the privilege', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John', ['orders']);
    const before = await account();
    expect((await john.get('/v1/account').expect(403)).body.code).toBe('privilege_missing');
    const { body } = await john.patch('/v1/account', { name: 'Mine', version: before.version }).expect(403);
    expect(body.code).toBe('privilege_missing');
    expect(await account()).toEqual(before);
  });

  it('is not the only one: another account keeps its zone', async () => {
    const other = await service.newManager('manager@two.example', 'Asia/Kathmandu');
    const { version } = await account();
    await manager.patch('/v1/account', { timeZone: 'UTC', version }).expect(200);
    expect((await other.get('/v1/account').expect(200)).body.timeZone).toBe('Asia/Kathmandu');
  });
});
