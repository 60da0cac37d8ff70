import { PRIVILEGES } from '../../../src/access/privileges/privilege';
import { FullAccess } from '../../../src/access/setup/full-access';
import { Config } from '../../../src/config/config';
import { runCommand } from '../../support/command';
import type { Person } from '../../support/person';
import { useService } from '../../support/use-service';

const MANAGE = 'manage_user_access';

describe('npm run grant-access', () => {
  const service = useService();
  let manager: Person;
  /** Makes and opens each account of its own. */
  let accounts = 0;

  beforeEach(async () => {
    accounts += 1;
    manager = await service.newManager(`manager@${accounts}.example`);
  });

  const grant = (email: string) =>
    runCommand('grant-access', { DATABASE_URL: service.app.get(Config).DATABASE_URL }, ['--email', email]);
  const newUser = (name: string, privileges: string[]) =>
    service.newUser(manager, `${name.toLowerCase()}@${accounts}.example`, name, privileges);
  const userOf = async ({ user }: Person) => (await manager.get(`/v1/users/${user.id}`).expect(200)).body;
  const rolesByName = async () => {
    const { data } = (await manager.get('/v1/roles', { limit: 1000 }).expect(200)).body;
    return new Map<string, { id: string; privileges: string[] }>(
      data.map((role: { name: string }) => [role.name, role]),
    );
  };
  const doneBySystem = async () => {
    const rows = await manager.report({ order: 'asc', from: '2026-01-01' });
    return rows.filter(({ user }) => user.name === 'Command line').slice(2);
  };

  it('opens an account that two managers have locked', async () => {
    // Neither can change the other, nor the role that holds what both of them have.
    const dora = await newUser('Dora', [MANAGE, 'orders']);
    const emil = await newUser('Emil', [MANAGE, 'refunds']);
    const both = (await manager.post('/v1/roles', { name: 'Both', privileges: ['orders', 'refunds'] }).expect(201))
      .body;
    for (const person of [dora, emil]) {
      const { body } = await person.patch(`/v1/roles/${both.id}`, { privileges: [], version: 1 }).expect(403);
      expect(body.code).toBe('privilege_not_held');
    }
    expect(await grant(`  Dora@${accounts}.EXAMPLE `)).toBe(
      `Dora <dora@${accounts}.example> is active and has every privilege, through the role "Managers".\n`,
    );
    expect((await dora.get('/v1/auth/me').expect(200)).body.privileges).toEqual([...PRIVILEGES]);
    await dora.patch(`/v1/roles/${both.id}`, { privileges: [], version: 1 }).expect(200);
    await dora.patch(`/v1/users/${emil.user.id}`, { roleIds: [], version: 1 }).expect(200);
  });

  it('activates a disabled user, who keeps the roles and gets a new one where no role allows everything', async () => {
    const carl = await newUser('Carl', ['orders']);
    const before = await userOf(carl);
    await manager.patch(`/v1/users/${carl.user.id}`, { status: 'disabled', version: before.version }).expect(200);
    const managers = (await rolesByName()).get('Managers')!;
    await manager.post('/v1/roles', { name: 'Full access', privileges: ['orders'] }).expect(201);
    await service.writeSource.query(
      `DELETE FROM role_privileges WHERE role_id = '${managers.id}' AND privilege = 'invoices'`,
    );

    const printed = await grant(`carl@${accounts}.example`);
    expect(printed).toContain('is active and has every privilege, through the role "Full access 2"');
    const role = (await rolesByName()).get('Full access 2')!;
    expect(role.privileges).toEqual([...PRIVILEGES]);
    const roleIds = [...before.roleIds, role.id].sort();
    expect(await userOf(carl)).toEqual({ ...before, roleIds, status: 'active', version: 3 });

    // Sessions of before stay closed; a new login opens everything.
    await carl.get('/v1/auth/me').expect(401);
    const back = await service.login(`carl@${accounts}.example`);
    expect((await back.get('/v1/auth/me').expect(200)).body.privileges).toEqual([...PRIVILEGES]);
  });

  it('records what it did as done by the system, in the account of the user alone', async () => {
    const other = await service.newManager(`other@${accounts}.example`);
    const carl = await newUser('Carl', []);
    await grant(`carl@${accounts}.example`);
    expect(await doneBySystem()).toEqual([
      expect.objectContaining({
        user: { id: null, name: 'Command line', email: null },
        activity: { code: 'user.updated', label: 'Update user' },
        outcome: 'success',
        comment: `Carl <carl@${accounts}.example>`,
      }),
    ]);
    const [{ details }] = await service.writeSource.query<[{ details: string }]>(
      `SELECT details FROM activities WHERE account_id = '${manager.user.account.id}' AND activity = 'user.updated'`,
    );
    const { roleIds } = await userOf(carl);
    expect(JSON.parse(details)).toMatchObject({
      userId: carl.user.id,
      changes: { roleIds: { to: roleIds } },
    });
    expect((await other.report({ activity: 'user.updated' })).length).toBe(0);
  });

  it('changes and records nothing where the user has everything already', async () => {
    const before = await userOf(manager);
    expect(await grant(`manager@${accounts}.example`)).toBe(
      `Maria Manager <manager@${accounts}.example> had every privilege already, through the role "Managers"; nothing was changed.\n`,
    );
    expect([await userOf(manager), await doneBySystem()]).toEqual([before, []]);
  });

  it('changes nothing where it cannot be recorded', async () => {
    const carl = await newUser('Carl', []);
    const before = [await userOf(carl), await rolesByName()];
    await service.writeSource.query('ALTER TABLE activities RENAME TO activities_away');
    try {
      const granting = service.app.get(FullAccess).grant(`carl@${accounts}.example`);
      await expect(granting).rejects.toMatchObject({ code: 'activity_not_recorded' });
    } finally {
      await service.writeSource.query('ALTER TABLE activities_away RENAME TO activities');
    }
    expect([await userOf(carl), await rolesByName()]).toEqual(before);
  });

  it.each([
    [
      'an e-mail that nobody has',
      ['--email', 'nobody@nowhere.example'],
      'There is no user with the email address nobody@nowhere.example; nothing was changed.',
    ],
    ['no e-mail', [], "error: required option '--email <email>' not specified"],
  ])('says in one line what is wrong with %s', async (_, options, message) => {
    const { DATABASE_URL } = service.app.get(Config);
    await expect(runCommand('grant-access', { DATABASE_URL }, options)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: `${message}\n`,
    });
  });
});
