import { AccessBounds } from '../../../src/access/members/access-bounds';
import { RolePrivilege } from '../../../src/access/members/role.entity';
import { User } from '../../../src/access/members/user.entity';
import { UsersRepository } from '../../../src/access/members/users.repository';
import { ApiKey } from '../../../src/auth/api-keys/api-key.entity';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { makeKey, type MadeKey } from '../../support/api-keys';
import type { Person } from '../../support/person';
import { useManager, useUser } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { buildUser } from '../../support/user-requests';

/** The privileges that changes of access and settings require. */
const MANAGED = ['manage_user_access', 'api_keys', 'account_settings'] as const;
type Managed = (typeof MANAGED)[number];
const TYPE = 'custom.late';

describe('access that is lost after the request began', () => {
  const service = useService();
  const manager = useManager(service);
  const deputy = useUser(service, manager, 'dora@one.example', 'Dora', [...MANAGED, 'orders']);
  const john = useUser(service, manager, 'john@one.example', 'John Doe', ['orders']);
  let roleId: string;
  let johnsRoleId: string;
  let keyId: string;
  let settings: MadeKey;

  beforeAll(async () => {
    roleId = await roleOf(deputy);
    johnsRoleId = await roleOf(john);
    keyId = (await makeKey(service, deputy, { privileges: ['orders'] })).id;
    settings = await makeKey(service, deputy, { privileges: ['account_settings'] });
    await manager.post('/v1/activity-types', { code: TYPE, label: 'Late', group: 'CRM' }).expect(201);
  });
  afterEach(() => jest.restoreAllMocks());

  const roleOf = async ({ user }: Person): Promise<string> =>
    (await manager.get(`/v1/users/${user.id}`).expect(200)).body.roleIds[0];

  /** Makes the next change of access wait for a lock whose holder takes access away. */
  const whileWaiting = (takeAway: () => Promise<unknown>) => {
    const bounds = service.app.get(AccessBounds);
    const lock = bounds.lock.bind(bounds);
    jest.spyOn(bounds, 'lock').mockImplementationOnce(async () => {
      await takeAway();
      await lock();
    });
  };
  const disable = () =>
    service.app
      .get(UnitOfWork)
      .manager.update(User, { id: deputy.user.id }, { status: 'disabled', disabledAt: new Date() });
  const revoke = (privilege: Managed | 'orders') =>
    service.app.get(UnitOfWork).manager.delete(RolePrivilege, { roleId, privilege });

  const revokeKey = () =>
    service.app.get(UnitOfWork).manager.update(ApiKey, { id: settings.id }, { revokedAt: new Date() });

  const settingsChanges: [string, (by: Person) => ReturnType<Person['post']>][] = [
    ['POST /activity-types', (by) => by.post('/v1/activity-types', { code: `${TYPE}r`, label: 'Later', group: 'CRM' })],
    ['PATCH /activity-types/:code', (by) => by.patch(`/v1/activity-types/${TYPE}`, { label: 'Lost', version: 1 })],
    ['PATCH /account', (by) => by.patch('/v1/account', { name: 'Lost', version: 1 })],
  ];
  const changes: [string, Managed, () => ReturnType<Person['post']>][] = [
    ...settingsChanges.map(([name, change]): [string, Managed, () => ReturnType<Person['post']>] => [
      name,
      'account_settings',
      () => change(deputy),
    ]),
    ['POST /users', 'manage_user_access', () => deputy.post('/v1/users', buildUser())],
    [
      'PATCH /users/:id',
      'manage_user_access',
      () => deputy.patch(`/v1/users/${john.user.id}`, { name: 'J', version: 1 }),
    ],
    ['POST /users/:id/invitation', 'manage_user_access', () => deputy.post(`/v1/users/${john.user.id}/invitation`)],
    ['POST /roles', 'manage_user_access', () => deputy.post('/v1/roles', { name: 'Late', privileges: ['orders'] })],
    [
      'PATCH /roles/:id',
      'manage_user_access',
      () => deputy.patch(`/v1/roles/${johnsRoleId}`, { name: 'Late', version: 1 }),
    ],
    ['DELETE /roles/:id', 'manage_user_access', () => deputy.delete(`/v1/roles/${johnsRoleId}`)],
    ['POST /api-keys', 'api_keys', () => deputy.post('/v1/api-keys', { name: 'Late', privileges: ['orders'] })],
    ['DELETE /api-keys/:id', 'api_keys', () => deputy.delete(`/v1/api-keys/${keyId}`)],
  ];

  it.each(changes)('refuses a user who was disabled: %s', async (_, _privilege, change) => {
    whileWaiting(disable);
    expect((await change().expect(401)).body.code).toBe('user_disabled');
  });

  it.each(changes)(
    'refuses a user without the privilege, and records the attempt: %s',
    async (_, privilege, change) => {
      whileWaiting(() => revoke(privilege));
      const { body } = await change().expect(403);
      expect(body.code).toBe('privilege_missing');
      const [row] = await manager.report({ userId: deputy.user.id, limit: 1 });
      expect(row).toMatchObject({ outcome: 'denied', requestId: body.requestId });
    },
  );

  it.each(settingsChanges)('refuses an API key that was revoked: %s', async (_, change) => {
    whileWaiting(revokeKey);
    expect((await change(settings.program).expect(401)).body.code).toBe('api_key_revoked');
  });

  it.each(settingsChanges)('refuses an API key whose maker was disabled: %s', async (_, change) => {
    whileWaiting(disable);
    expect((await change(settings.program).expect(401)).body.code).toBe('user_disabled');
  });

  it.each(settingsChanges)(
    'refuses an API key whose maker has lost the privilege, and records the attempt: %s',
    async (_, change) => {
      whileWaiting(() => revoke('account_settings'));
      const { body } = await change(settings.program).expect(403);
      expect(body.code).toBe('privilege_missing');
      const [row] = await manager.report({ userId: settings.id, limit: 1 });
      expect(row).toMatchObject({ outcome: 'denied', requestId: body.requestId });
    },
  );

  it('lets an API key change what it still may', async () => {
    for (const [, change] of settingsChanges) expect((await change(settings.program)).status).toBeLessThan(300);
  });

  it('refuses to give a privilege that the user has lost', async () => {
    whileWaiting(() => revoke('orders'));
    const { body } = await deputy.post('/v1/users', buildUser({ roleIds: [johnsRoleId] })).expect(403);
    expect(body).toMatchObject({ code: 'privilege_not_held', errors: [{ field: '/roleIds' }] });
  });

  it('ends a session that was opened while the change of the status waited for the login', async () => {
    const users = service.app.get(UsersRepository);
    const lock = users.lock.bind(users);
    const loggedIn = new Date(Date.now() + 2000);
    const { version } = (await manager.get(`/v1/users/${john.user.id}`).expect(200)).body;
    jest.spyOn(users, 'lock').mockImplementationOnce(async (id) => {
      const user = await lock(id);
      service.setTime(loggedIn);
      return user;
    });
    const disabled = await manager.patch(`/v1/users/${john.user.id}`, { status: 'disabled', version }).expect(200);
    const { disabledAt } = await service.writeSource.manager.findOneByOrFail(User, { id: john.user.id });
    expect(disabledAt).toEqual(loggedIn);
    await manager.patch(`/v1/users/${john.user.id}`, { status: 'active', version: disabled.body.version }).expect(200);
  });
});
