import { makeKey } from '../../support/api-keys';
import { readFeed } from '../../support/feed';
import { ingest, recordOf } from '../../support/ingestion';
import { untilSequenced } from '../../support/ledger';
import { showTimes, type Row } from '../../support/person';
import { Report } from '../../support/report';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const UNKNOWN = '01J000000000000000000ZZZZZ';

describe('a recorded activity', () => {
  const service = useService();
  const manager = useManager(service);
  const other = useManager(service, 'manager@two.example');
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['orders']);
  const views = new Report(manager);
  const lastView = (): Promise<Row> => views.lastRow({ activity: 'activity.viewed' });

  it('is the row of the report, at its url, with the time zone', async () => {
    await manager.patch('/v1/account', { timeZone: 'Europe/Berlin', version: 1 }).expect(200);
    await untilSequenced(service);
    const row = await new Report(manager).lastRow({ activity: 'account.updated' });
    expect(row).toMatchObject({
      url: `/v1/activities/${row.id}`,
      details: { changes: { timeZone: { from: 'Europe/Bucharest', to: 'Europe/Berlin' } } },
    });
    const [shown] = showTimes([row]);
    expect((await manager.get(row.url).expect(200)).body).toEqual({ ...shown, timeZone: 'Europe/Berlin' });
    expect(await lastView()).toMatchObject({
      outcome: 'success',
      activity: { label: 'View activity' },
      user: { id: manager.user.id, email: 'manager@one.example' },
      details: { activityId: row.id },
    });
  });

  it('has its time in the time zone that the request names', async () => {
    const row = await views.lastRow();
    const { body } = await manager.get(row.url, { timeZone: 'Asia/Kolkata' }).expect(200);
    expect(body).toMatchObject({ id: row.id, timeZone: 'Asia/Kolkata', occurredAt: expect.stringMatching(/\+05:30$/) });
    expect(Date.parse(body.occurredAt)).toBe(Date.parse(row.occurredAt));
    await untilSequenced(service);
    const placed = await manager.get(row.url, { timeZone: 'Asia/Kolkata' }).expect(200);
    expect(placed.body.recordedAt).toMatch(/\+05:30$/);
    const refused = await manager.get(row.url, { timeZone: 'Mars/Olympus' }).expect(400);
    expect(refused.body).toMatchObject({ code: 'time_zone_unknown', errors: [{ field: 'timeZone' }] });
    expect(await lastView()).toMatchObject({ outcome: 'failure', failureCode: 'time_zone_unknown' });
  });

  it('is shown whole if another system sent it', async () => {
    const user = { name: 'Nadia Night', email: 'nadia@night-shift.example' };
    const { body } = await ingest(manager, [recordOf('crm-1', { user, outcome: 'failure' })]).expect(200);
    const activity = await manager.get(`/v1/activities/${body.records[0].id}`).expect(200);
    expect(activity.body).toMatchObject({
      user: { id: null, ...user },
      outcome: 'failure',
      failureCode: null,
      sentBy: 'Maria Manager',
    });
    expect(activity.body.details).toEqual({ key: 'crm-1', senderId: manager.user.id });
  });

  it('is not found under an id that nothing has, or that another account has', async () => {
    const foreign = await new Report(other).lastRow();
    for (const id of [UNKNOWN, foreign.id]) {
      const { body } = await manager.get(`/v1/activities/${id}`).expect(404);
      expect(body).toMatchObject({ code: 'activity_not_found', errors: [{ field: 'id' }] });
      expect(await lastView()).toMatchObject({ failureCode: 'activity_not_found', details: { activityId: id } });
    }
    expect((await manager.get('/v1/activities/not-an-id').expect(400)).body.code).toBe('id_invalid');
  });

  it('opens at the url of a row of the feed with nothing but the privilege of the feed', async () => {
    const { program } = await makeKey(service, manager, { privileges: ['activity_feed'] });
    const [row] = (await readFeed(program, { limit: 1 })).data;
    const { sequence, ...record } = row!;
    expect(sequence).toBe(1);
    expect((await program.get(record.url).expect(200)).body).toMatchObject(record);
  });

  it('needs the privilege of the report or the feed, and a refusal is recorded', async () => {
    const row = await views.lastRow();
    expect((await john.get(row.url).expect(403)).body.code).toBe('privilege_missing');
    expect(await lastView()).toMatchObject({
      outcome: 'denied',
      failureCode: 'privilege_missing',
      user: { name: 'John Doe', email: 'john@one.example' },
      details: { activityId: row.id },
    });
  });
});
