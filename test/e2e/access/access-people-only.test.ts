import { PRIVILEGES } from '../../../src/access/privileges/privilege';
import { makeKey } from '../../support/api-keys';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

describe('an API key that manages access', () => {
  const service = useService();
  const manager = useManager(service);

  it('reads users and roles, but writes none, whatever it holds', async () => {
    const { id, program } = await makeKey(service, manager, { privileges: [...PRIVILEGES] });
    const role = (await manager.post('/v1/roles', { name: 'Desk', privileges: ['orders'] }).expect(201)).body;
    const user = (await manager.get(`/v1/users/${manager.user.id}`).expect(200)).body;
    const [rolePath, userPath] = [`/v1/roles/${role.id}`, `/v1/users/${user.id}`];
    for (const path of ['/v1/roles', rolePath, '/v1/users', userPath]) await program.get(path).expect(200);
    const newUser = {
      email: `left.behind@one.example`,
      name: 'Left Behind',
      password: 'a way back in',
      roleIds: [],
    };
    for (const attempt of [
      program.post('/v1/roles', { name: 'Left behind', privileges: ['orders'] }),
      program.patch(rolePath, { name: 'Renamed', version: 1 }),
      program.delete(rolePath),
      program.post('/v1/users', newUser),
      program.patch(userPath, { email: newUser.email, version: user.version }),
      program.post(`${userPath}/invitation`),
    ]) {
      expect((await attempt.expect(403)).body.code).toBe('session_required');
    }
    const denied = await manager.report({ userId: id, outcome: 'denied', order: 'asc' });
    expect(denied.map(({ activity }) => activity.code)).toEqual([
      ...['role.created', 'role.updated', 'role.deleted'],
      ...['user.created', 'user.updated', 'user.invited'],
    ]);
    expect((await manager.get(rolePath).expect(200)).body).toEqual(role);
    expect((await manager.get(userPath).expect(200)).body).toEqual(user);
  });
});
