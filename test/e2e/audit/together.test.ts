import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('an action and its record', () => {
  const service = useService();
  const manager = useManager(service);

  const roleNames = async (): Promise<string[]> =>
    (await manager.get('/v1/roles', { limit: 1000 }).expect(200)).body.data.map(({ name }: { name: string }) => name);
  const setRecordable = (isRecordable: boolean) =>
    service.writeSource.query(
      isRecordable
        ? 'ALTER TABLE activities_away RENAME TO activities'
        : 'ALTER TABLE activities RENAME TO activities_away',
    );

  it('commit together or not at all, fifty at once of which half fail', async () => {
    const [managers] = (await manager.get('/v1/roles')).body.data;
    const stripped = { privileges: ['orders'], version: managers.version };
    const names = Array.from({ length: 25 }, (_, number) => `Role ${number}`);
    const [made, refused] = await Promise.all([
      Promise.all(names.map((name) => manager.post('/v1/roles', { name, privileges: [] }))),
      // Each of these has taken the privileges away before it finds that nobody could manage access any more.
      Promise.all(names.map(() => manager.patch(`/v1/roles/${managers.id}`, stripped))),
    ]);
    expect(made.map(({ status }) => status)).toEqual(names.map(() => 201));
    expect(refused.map(({ body }) => body.code)).toEqual(names.map(() => 'last_access_manager'));

    expect((await roleNames()).filter((name) => name.startsWith('Role '))).toHaveLength(25);
    expect((await manager.get(`/v1/roles/${managers.id}`)).body).toEqual(managers);
    const created = await manager.report({ activity: 'role.created', outcome: 'success', userId: manager.user.id });
    expect(created.map(({ comment }) => comment).sort()).toEqual([...names].sort());
    const updates = await manager.report({ activity: 'role.updated' });
    expect(updates.map(({ outcome }) => outcome)).toEqual(names.map(() => 'failure'));
  });

  it('never mix between overlapping requests, whichever of them fails', async () => {
    const attempts = Array.from({ length: 40 }, (_, number) => `Twin ${Math.floor(number / 2)}`);
    const answers = await Promise.all(attempts.map((name) => manager.post('/v1/roles', { name, privileges: [] })));
    const outcomes = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([outcomes(201), outcomes(409)]).toEqual([20, 20]);
    expect((await roleNames()).filter((name) => name.startsWith('Twin '))).toHaveLength(20);
    const rows = (await manager.report({ activity: 'role.created' })).filter(({ comment }) =>
      comment?.startsWith('Twin '),
    );
    expect(rows.filter(({ outcome }) => outcome === 'success')).toHaveLength(20);
    expect(rows.filter(({ outcome }) => outcome === 'failure')).toHaveLength(20);
  });

  it('are refused with 503 when the record cannot be written, and the action has not happened', async () => {
    await setRecordable(false);
    try {
      const { body, headers } = await manager.post('/v1/roles', { name: 'Unrecorded', privileges: [] }).expect(503);
      expect(body).toMatchObject({ code: 'activity_not_recorded', status: 503 });
      expect(headers['retry-after']).toBeDefined();
      expect(JSON.stringify(body)).not.toMatch(/activities|table|SQL/i);
      await manager.get('/v1/users').expect(503);
      await manager.post('/v1/roles', { name: 'Role 1', privileges: [] }).expect(503);
    } finally {
      await setRecordable(true);
    }
    expect(await roleNames()).not.toContain('Unrecorded');
  });

  it('are refused with 503 when a denial cannot be recorded, and the request stays denied', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe');
    await setRecordable(false);
    try {
      await john.get('/v1/users').expect(503);
    } finally {
      await setRecordable(true);
    }
    await john.get('/v1/users').expect(403);
  });
});
