import type { Response } from 'supertest';
import { PRIVILEGES } from '../../../src/access/privileges/privilege';
import { OutgoingMail } from '../../../src/mail/outgoing-mail.entity';
import { tokenIn } from '../../support/invitations';
import type { Person } from '../../support/person';
import { Report } from '../../support/report';
import { PASSWORD } from '../../support/service';
import { useService } from '../../support/use-service';
import { buildInvitedUser } from '../../support/user-requests';

const MANAGE = 'manage_user_access';

describe('managing access', () => {
  const service = useService();
  let manager: Person;
  let report: Report;
  /** Makes and opens each account of its own. */
  let accounts = 0;

  beforeEach(async () => {
    accounts += 1;
    manager = await service.newManager(`manager@${accounts}.example`);
    report = new Report(manager);
  });

  const newUser = (name: string, privileges: string[]) =>
    service.newUser(manager, `${name.toLowerCase()}@${accounts}.example`, name, privileges);
  const userOf = async ({ user }: Person, seenBy = manager) =>
    (await seenBy.get(`/v1/users/${user.id}`).expect(200)).body;
  const roleOf = async (person: Person, seenBy = manager) =>
    (await seenBy.get(`/v1/roles/${(await userOf(person, seenBy)).roleIds[0]}`).expect(200)).body;

  /** Creates roles with the privileges of others, so that a change of those does not affect their users. */
  const copyRoles = async (ids: readonly string[]): Promise<string[]> => {
    const copies: string[] = [];
    for (const id of ids) {
      const { name, privileges } = (await manager.get(`/v1/roles/${id}`).expect(200)).body;
      copies.push((await manager.post('/v1/roles', { name: `Copy of ${name}`, privileges }).expect(201)).body.id);
    }
    return copies;
  };

  describe('by somebody who does not hold all privileges', () => {
    let deputy: Person;

    beforeEach(async () => {
      deputy = await newUser('Dora', [MANAGE, 'orders']);
    });

    const refuse = async (attempt: ReturnType<Person['get']>, field: string, activity: string) => {
      const { body } = await attempt.expect(403);
      expect(body).toMatchObject({ code: 'privilege_not_held', errors: [{ field, code: 'privilege_not_held' }] });
      expect(body.detail).toContain('Refunds');
      expect(await report.lastRow()).toMatchObject({
        user: { name: 'Dora' },
        activity: { code: activity },
        outcome: 'denied',
      });
    };

    it('makes no role of what they do not hold', async () => {
      const request = { name: 'Refund desk', privileges: ['orders', 'refunds'] };
      await refuse(deputy.post('/v1/roles', request), '/privileges', 'role.created');
      await manager.post('/v1/roles', request).expect(201);
      await deputy.post('/v1/roles', { name: 'Order desk', privileges: ['orders'] }).expect(201);
    });

    it('adds nothing to a role that they do not hold', async () => {
      const role = (await manager.post('/v1/roles', { name: 'Desk', privileges: ['orders'] }).expect(201)).body;
      const path = `/v1/roles/${role.id}`;
      await refuse(
        deputy.patch(path, { privileges: ['orders', 'refunds'], version: 1 }),
        '/privileges',
        'role.updated',
      );
      expect((await manager.get(path).expect(200)).body).toEqual(role);
      await deputy.patch(path, { privileges: ['orders', MANAGE], version: 1 }).expect(200);
      await deputy.patch(path, { privileges: [], version: 2 }).expect(200);
      const own = await roleOf(deputy);
      await refuse(
        deputy.patch(`/v1/roles/${own.id}`, { privileges: [...own.privileges, 'refunds'], version: 1 }),
        '/privileges',
        'role.updated',
      );
    });

    it('gives no role with what they do not hold', async () => {
      const role = (await manager.post('/v1/roles', { name: 'Refund desk', privileges: ['refunds'] })).body;
      const request = { email: `new@${accounts}.example`, name: 'New', password: PASSWORD, roleIds: [role.id] };
      await refuse(deputy.post('/v1/users', request), '/roleIds', 'user.created');
      await service.nobody.post('/v1/auth/login', { email: request.email, password: PASSWORD }).expect(401);

      const own = await userOf(deputy);
      const more = { roleIds: [...own.roleIds, role.id], version: own.version };
      await refuse(deputy.patch(`/v1/users/${own.id}`, more), '/roleIds', 'user.updated');
      expect(await userOf(deputy)).toEqual(own);

      await manager.post('/v1/users', request).expect(201);
    });

    it.each([
      ['renames', { name: 'Renamed' }, '/name'],
      ['empties', { privileges: [] }, '/privileges'],
      ['takes something from', { privileges: ['refunds'] }, '/privileges'],
      ['adds something to', { privileges: ['orders', 'refunds', MANAGE] }, '/privileges'],
    ])('%s no role that holds more than they do', async (_, change, field) => {
      const request = { name: 'Refund desk', privileges: ['orders', 'refunds'] };
      const role = (await manager.post('/v1/roles', request).expect(201)).body;
      const path = `/v1/roles/${role.id}`;
      await refuse(deputy.patch(path, { ...change, version: 1 }), field, 'role.updated');
      expect((await manager.get(path).expect(200)).body).toEqual(role);
      await deputy.patch(path, { ...request, version: 1 }).expect(200);
      await manager.patch(path, { ...change, version: 1 }).expect(200);
    });

    it('deletes no role that holds more than they do', async () => {
      const role = (await manager.post('/v1/roles', { name: 'Refund desk', privileges: ['refunds'] }).expect(201)).body;
      const path = `/v1/roles/${role.id}`;
      await refuse(deputy.delete(path), 'id', 'role.deleted');
      expect((await manager.get(path).expect(200)).body).toEqual(role);
      await manager.delete(path).expect(204);
      const own = (await deputy.post('/v1/roles', { name: 'Order desk', privileges: ['orders'] }).expect(201)).body;
      await deputy.delete(`/v1/roles/${own.id}`).expect(204);
    });

    it.each([
      ['disables', { status: 'disabled' }, '/status', 'user.disabled'],
      ['takes the roles of', { roleIds: [] }, '/roleIds', 'user.updated'],
      ['changes the e-mail of', { email: 'dora@elsewhere.example' }, '/email', 'user.updated'],
    ])('%s no user who holds more than they do', async (_, change, field, activity) => {
      for (const target of [await newUser('Rita', ['orders', 'refunds']), manager]) {
        const before = await userOf(target);
        await refuse(deputy.patch(`/v1/users/${before.id}`, { ...change, version: before.version }), field, activity);
        expect(await userOf(target)).toEqual(before);
        await target.get('/v1/auth/me').expect(200);
      }
    });

    it('makes no user active again who holds more than they do', async () => {
      const refunder = await newUser('Rita', ['refunds']);
      const path = `/v1/users/${refunder.user.id}`;
      await manager.patch(path, { status: 'disabled', version: 1 }).expect(200);
      await refuse(deputy.patch(path, { status: 'active', version: 2 }), '/status', 'user.updated');
    });

    it('gives such a user no further role either, but may rename the user', async () => {
      const refunder = await newUser('Rita', ['refunds']);
      const { id, roleIds } = await userOf(refunder);
      const own = (await deputy.post('/v1/roles', { name: 'Order desk', privileges: ['orders'] }).expect(201)).body;
      const more = { roleIds: [...roleIds, own.id], version: 1 };
      await refuse(deputy.patch(`/v1/users/${id}`, more), '/roleIds', 'user.updated');
      await deputy.patch(`/v1/users/${id}`, { name: 'Rita Renamed', version: 1 }).expect(200);
    });

    it('may do all of it to a user who holds no more than they do', async () => {
      const clerk = await newUser('Carl', ['orders']);
      const path = `/v1/users/${clerk.user.id}`;
      const { roleIds } = await userOf(clerk);
      await deputy.patch(path, { roleIds: [], version: 1 }).expect(200);
      await deputy.patch(path, { roleIds, email: `carl.new@${accounts}.example`, version: 2 }).expect(200);
      await deputy.patch(path, { status: 'disabled', version: 3 }).expect(200);
      await deputy.patch(path, { status: 'active', version: 4 }).expect(200);
    });
  });

  describe('in another account', () => {
    it('finds nothing, by any route', async () => {
      const other = await service.newManager(`other@${accounts}.example`);
      const role = await roleOf(other, other);
      const before = await userOf(other, other);
      const request = { email: `new@${accounts}.example`, name: 'New', password: PASSWORD, roleIds: [role.id] };
      const own = await userOf(manager);
      for (const [attempt, code] of [
        [manager.get(`/v1/roles/${role.id}`), 'role_not_found'],
        [manager.patch(`/v1/roles/${role.id}`, { name: 'Mine', version: 1 }), 'role_not_found'],
        [manager.delete(`/v1/roles/${role.id}`), 'role_not_found'],
        [manager.get(`/v1/users/${before.id}`), 'user_not_found'],
        [manager.patch(`/v1/users/${before.id}`, { status: 'disabled', version: 1 }), 'user_not_found'],
        [manager.post('/v1/users', request), 'role_not_found'],
        [manager.patch(`/v1/users/${own.id}`, { roleIds: [...own.roleIds, role.id], version: 1 }), 'role_not_found'],
        [manager.get('/v1/reports/users-activity', { userId: before.id }), 'user_not_found'],
      ] as const) {
        const { body } = await attempt.expect(404);
        expect(body.code).toBe(code);
      }
      expect(await userOf(other, other)).toEqual(before);
      expect(await roleOf(other, other)).toEqual(role);
      const lists = await Promise.all(['/v1/roles', '/v1/users'].map((path) => manager.get(path).expect(200)));
      const listed = lists.flatMap(({ body }) => body.data.map(({ id }: { id: string }) => id));
      expect(listed).not.toContain(role.id);
      expect(listed).not.toContain(before.id);
    });
  });

  describe('always leaves somebody who can', () => {
    const LAST = { status: 409, body: expect.objectContaining({ code: 'last_access_manager' }) as object };

    /** Each way to end it, ready to be done, by somebody who can, for somebody who can. */
    const ways: [string, (by: Person, whom: Person) => Promise<() => Promise<Response>>][] = [
      [
        'disabling the user',
        async (by, whom) => {
          const { id, version } = await userOf(whom, by);
          return () => by.patch(`/v1/users/${id}`, { status: 'disabled', version });
        },
      ],
      [
        'taking the role from the user',
        async (by, whom) => {
          const { id, version } = await userOf(whom, by);
          return () => by.patch(`/v1/users/${id}`, { roleIds: [], version });
        },
      ],
      [
        'taking the privilege from the role',
        async (by, whom) => {
          const { id, privileges, version } = await roleOf(whom, by);
          const rest = privileges.filter((privilege: string) => privilege !== MANAGE);
          return () => by.patch(`/v1/roles/${id}`, { privileges: rest, version });
        },
      ],
    ];

    it.each(ways)('against %s', async (_, end) => {
      await newUser('John', ['orders']);
      const before = [await userOf(manager), await roleOf(manager)];
      expect(await (await end(manager, manager))()).toMatchObject(LAST);
      expect([await userOf(manager), await roleOf(manager)]).toEqual(before);
      expect((await manager.report({ outcome: 'failure', limit: 1 }))[0]).toMatchObject({
        user: { name: 'Maria Manager' },
      });
    });

    it.each(ways)('and lets one of two go by %s', async (_, end) => {
      const deputy = await newUser('Dora', [MANAGE]);
      expect((await (await end(manager, deputy))()).status).toBe(200);
      expect(await (await end(manager, manager))()).toMatchObject(LAST);
    });

    it('counting no one who is disabled', async () => {
      const deputy = await newUser('Dora', [MANAGE]);
      const { id, version } = await userOf(deputy);
      await manager.patch(`/v1/users/${id}`, { status: 'disabled', version }).expect(200);
      const own = await userOf(manager);
      const { body } = await manager
        .patch(`/v1/users/${own.id}`, { status: 'disabled', version: own.version })
        .expect(409);
      expect(body.code).toBe('last_access_manager');
    });

    it.each(ways)('counting an invited user only once there is a password, against %s', async (_, end) => {
      const email = `dora@${accounts}.example`;
      const { roleIds } = await userOf(manager);
      await manager.post('/v1/users', buildInvitedUser({ email, roleIds: await copyRoles(roleIds) })).expect(201);
      expect(await (await end(manager, manager))()).toMatchObject(LAST);
      const { text } = await service.writeSource.manager.findOneByOrFail(OutgoingMail, { recipient: email });
      const request = { token: tokenIn(text), password: PASSWORD };
      await service.nobody.post('/v1/auth/invitation', request).expect(204);
      expect((await (await end(manager, manager))()).status).toBe(200);
      await (await service.login(email)).get('/v1/users').expect(200);
    });

    it.each(ways)('when two do it to each other at the same time by %s', async (_, end) => {
      for (let round = 0; round < 3; round++) {
        manager = await service.newManager(`manager${round}@${accounts}.example`);
        const deputy = await newUser(`Dora${round}`, [...PRIVILEGES]);
        const both = [await end(manager, deputy), await end(deputy, manager)];
        const answers = await Promise.all(both.map((attempt) => attempt()));
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        const refused = answers.find(({ status }) => status !== 200)!;
        expect(['last_access_manager', 'privilege_would_be_lost', 'user_disabled', 'privilege_missing']).toContain(
          refused.body.code,
        );
        await (answers[0]!.status === 200 ? manager : deputy).get('/v1/roles').expect(200);
      }
    });
  });
});
