import { ACTIVITY_TYPES } from '../../../src/audit/catalogue/activity-type';
import { ActorsWithActivities } from '../../../src/reports/users-activity/choices/actors-with-activities';
import { makeKey, type MadeKey } from '../../support/api-keys';
import { onServer } from '../../support/database';
import { REPORT } from '../../support/person';
import { FIRST_PASSWORD } from '../../support/service';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';

const CHOICES = `${REPORT}/filters`;

describe('what one can choose from for the filter of the report', () => {
  const service = useService();
  const manager = useManager(service);
  const ann = useUser(service, manager, 'ann@one.example', 'Ann', ['users_activity']);
  const former = useUser(service, manager, 'former@one.example', 'Frida Former');
  const other = useManager(service, 'manager@two.example');
  let keys: Record<'used' | 'revoked' | 'unused', MadeKey>;

  beforeAll(async () => {
    const idle = { email: 'idle@one.example', name: 'Idle', password: FIRST_PASSWORD, roleIds: [] };
    await manager.post('/v1/users', idle).expect(201);
    await manager.patch(`/v1/users/${former.user.id}`, { status: 'disabled', version: 1 }).expect(200);
    const [used, revoked, unused] = [
      await makeKey(service, manager, { name: 'used' }),
      await makeKey(service, manager, { name: 'revoked' }),
      await makeKey(service, manager, { name: 'unused' }),
    ];
    keys = { used, revoked, unused };
    for (const { program } of [used, revoked]) await program.get(REPORT).expect(200);
    await manager.delete(`/v1/api-keys/${revoked.id}`).expect(204);
    const type = { code: 'custom.crm.note_added', label: 'Add note', group: 'CRM' };
    await manager.post('/v1/activity-types', type).expect(201);
    const inGroup = { code: 'custom.crm.order', label: 'Order by phone', group: 'Orders' };
    await manager.post('/v1/activity-types', inGroup).expect(201);
  });

  it('are the users and API keys with activities, former ones too', async () => {
    const { body } = await ann.get(CHOICES).expect(200);
    expect(body.users).toEqual([
      { id: ann.user.id, name: 'Ann', email: 'ann@one.example', status: 'active' },
      { id: former.user.id, name: 'Frida Former', email: 'former@one.example', status: 'disabled' },
      { id: manager.user.id, name: 'Maria Manager', email: 'manager@one.example', status: 'active' },
    ]);
    expect(body.apiKeys).toEqual([
      { id: keys.revoked.id, name: 'revoked', status: 'revoked' },
      { id: keys.used.id, name: 'used', status: 'active' },
    ]);
    for (const { id } of [...body.users, ...body.apiKeys]) {
      expect(await manager.report({ userId: id, from: '2020-01-01' })).not.toEqual([]);
    }
  });

  it('are those of the own account', async () => {
    const { body } = await other.get(CHOICES).expect(200);
    expect(body.users.map(({ id }: { id: string }) => id)).toEqual([other.user.id]);
    expect(body.apiKeys).toEqual([]);
  });

  it('are all activity types by group, the outcomes, the intervals and the time zones', async () => {
    const { body } = await manager.get(CHOICES).expect(200);
    const groups = body.activityGroups as { group: string; activityTypes: { code: string }[] }[];
    const codes = groups.flatMap(({ activityTypes }) => activityTypes.map(({ code }) => code));
    expect(codes.sort()).toEqual([...ACTIVITY_TYPES, 'custom.crm.note_added', 'custom.crm.order'].sort());
    expect(new Set(groups.map(({ group }) => group)).size).toBe(groups.length);
    const orders = groups.find(({ group }) => group === 'Orders')!;
    expect(orders.activityTypes.at(-1)).toEqual({ code: 'custom.crm.order', label: 'Order by phone' });
    for (const code of codes) await manager.get(REPORT, { activity: code, limit: 1 }).expect(200);
    for (const { code } of body.outcomes) await manager.get(REPORT, { outcome: code, limit: 1 }).expect(200);
    for (const { code } of body.intervals) await manager.get(REPORT, { interval: code, limit: 1 }).expect(200);
    expect([body.outcomes.length, body.intervals.length, body.timeZone]).toEqual([3, 6, 'Europe/Bucharest']);
    expect(body.timeZones).toEqual(expect.arrayContaining(['Europe/Bucharest', 'UTC', 'America/New_York']));
    for (const timeZone of [body.timeZones[0], body.timeZones.at(-1)])
      await manager.get(REPORT, { timeZone, limit: 1 }).expect(200);
    for (const groupBy of body.groupings) await manager.get(`${REPORT}/summary`, { groupBy }).expect(200);
  });

  it('are recorded as a page, and refused without the privilege', async () => {
    await manager.get(CHOICES).expect(200);
    const [row] = await manager.report({ activity: 'page.accessed', limit: 1 });
    expect(row).toMatchObject({ comment: 'Users activity', outcome: 'success' });
    const nobody = await service.newUser(manager, 'nobody@one.example', 'Nobody');
    await nobody.get(CHOICES).expect(403);
    const [denied] = await manager.report({ userId: nobody.user.id, outcome: 'denied' });
    expect(denied).toMatchObject({ comment: 'Users activity' });
  });

  it('are found by a look into the index for each user', async () => {
    const query = jest.spyOn(service.readSource, 'query');
    await service.app.get(ActorsWithActivities).find('users', manager.user.account.id);
    const [[sql, values]] = query.mock.calls as [[string, string[]]];
    query.mockRestore();
    if (onServer) {
      const steps = await service.readSource.query<{ table: string; type: string; key: string; Extra: string }[]>(
        `EXPLAIN ${sql}`,
        values,
      );
      const step = steps.find(({ table }) => table === 'activity')!;
      expect(step).toMatchObject({ type: 'ref', key: 'activities_by_user' });
      expect(step.Extra).toContain('Using index');
    } else {
      const steps = await service.readSource.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, values);
      expect(steps.map(({ detail }) => detail)).toContain(
        'SEARCH activity USING COVERING INDEX activities_by_user (account_id=? AND user_id=?)',
      );
    }
  });
});
