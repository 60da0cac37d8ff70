import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { buildUser } from '../../support/user-requests';

describe('access that is managed by two at once', () => {
  const service = useService();
  const manager = useManager(service);

  it('loses nothing: one change is made, the other is refused as outdated', async () => {
    const deputy = await service.newUser(manager, 'dora@one.example', 'Dora', [
      'manage_user_access',
      'orders',
      'refunds',
    ]);
    for (let round = 0; round < 5; round++) {
      const role = (await manager.post('/v1/roles', { name: `Role ${round}`, privileges: [] }).expect(201)).body;
      const path = `/v1/roles/${role.id}`;
      const answers = await Promise.all([
        manager.patch(path, { privileges: ['orders'], version: 1 }),
        deputy.patch(path, { privileges: ['refunds'], version: 1 }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [made, refused] = answers.sort((a, b) => a.status - b.status);
      expect(refused.body).toMatchObject({ code: 'version_outdated', errors: [{ field: '/version' }] });
      expect((await manager.get(path).expect(200)).body).toEqual(made.body);
      expect(made.body.version).toBe(2);
    }
  });

  it('writes the rows that it locks: a cluster compares what transactions wrote, and nothing else', async () => {
    const counts = async () => {
      const lockCount = (table: string, id: string) =>
        service.writeSource.query<[{ lock_count: number }]>(`SELECT lock_count FROM ${table} WHERE id = '${id}'`);
      const { id, account } = manager.user;
      return (await Promise.all([lockCount('accounts', account.id), lockCount('users', id)])).map(
        ([row]) => row.lock_count,
      );
    };
    const { body: role } = await manager.post('/v1/roles', { name: 'Locking', privileges: [] }).expect(201);
    const [account, user] = await counts();
    await manager.patch(`/v1/roles/${role.id}`, { privileges: ['orders'], version: 1 }).expect(200);
    await service.login('manager@one.example');
    expect(await counts()).toEqual([account! + 1, user! + 1]);
  });

  it('makes one role of a name, and one user of an e-mail', async () => {
    const user = buildUser({ email: 'twin@one.example', name: 'Twin' });
    for (const [path, request, code] of [
      ['/v1/roles', { name: 'Twin', privileges: ['orders'] }, 'role_name_taken'],
      ['/v1/users', user, 'email_taken'],
    ] as const) {
      const answers = await Promise.all(Array.from({ length: 4 }, () => manager.post(path, request)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
      for (const { status, body } of answers) if (status === 409) expect(body.code).toBe(code);
    }
  });

  it('never deletes a role that is being given', async () => {
    for (let round = 0; round < 4; round++) {
      const role = (await manager.post('/v1/roles', { name: `Given ${round}`, privileges: [] }).expect(201)).body;
      const user = { email: `given${round}@one.example`, name: 'G', password: PASSWORD, roleIds: [role.id] };
      const [given, deleted] = await Promise.all([
        manager.post('/v1/users', user),
        manager.delete(`/v1/roles/${role.id}`),
      ]);
      expect([
        [201, 409],
        [404, 204],
      ]).toContainEqual([given.status, deleted.status]);
    }
  });
});
