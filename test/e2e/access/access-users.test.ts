import type { Response } from 'supertest';
import type { Query } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { buildUser } from '../../support/user-requests';

const NO_ONE = '01KAM9W3M8Q6XK2T1N9B7C5D4E';

describe('users', () => {
  const service = useService();
  const manager = useManager(service);
  let roleId: string;

  beforeAll(async () => {
    roleId = (await manager.post('/v1/roles', { name: 'Desk', privileges: ['orders'] }).expect(201)).body.id;
  });

  const newUser = async (email: string, roleIds: string[] = []) =>
    (await manager.post('/v1/users', buildUser({ email, roleIds })).expect(201)).body;

  it('are made, shown and changed', async () => {
    const made = await newUser(' Nora@ONE.example ', [roleId]);
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
      email: 'nora@one.example',
      name: 'Nora New',
      roleIds: [roleId],
      status: 'active',
      version: 1,
      createdAt: expect.stringMatching(/T.+\+0[23]:00$/) as string,
    });
    const path = `/v1/users/${made.id}`;
    expect((await manager.get(path).expect(200)).body).toEqual(made);

    const change = { email: 'Newer@one.example', name: ' Nora Newer ', roleIds: [], version: 1 };
    const changed = (await manager.patch(path, change).expect(200)).body;
    expect(changed).toEqual({ ...made, email: 'newer@one.example', name: 'Nora Newer', roleIds: [], version: 2 });
    expect((await manager.patch(path, { name: 'Nora Newer', version: 2 }).expect(200)).body).toEqual(changed);
    expect((await manager.get(path).expect(200)).body).toEqual(changed);

    await service.login('newer@one.example');
    await service.nobody.post('/v1/auth/login', { email: 'nora@one.example', password: PASSWORD }).expect(401);
    expect((await manager.patch(path, { name: 'Late', version: 1 }).expect(409)).body.code).toBe('version_outdated');
  });

  it.each([
    [{}, ['/email required', '/name required', '/roleIds required']],
    [{ email: 'nobody' }, ['/email email_invalid']],
    [{ email: '"<a@b.example>"@c.example' }, ['/email email_invalid']],
    [{ email: `${'x'.repeat(250)}@one.example` }, ['/email length_out_of_range']],
    [{ name: '' }, ['/name length_out_of_range']],
    [{ name: 'x'.repeat(201) }, ['/name length_out_of_range']],
    [{ password: 'x'.repeat(11) }, ['/password length_out_of_range']],
    [{ password: 'x'.repeat(129) }, ['/password length_out_of_range']],
    [{ roleIds: 'all' }, ['/roleIds not_a_list']],
    [{ roleIds: ['all'] }, ['/roleIds id_invalid']],
    [{ roleIds: [NO_ONE, NO_ONE] }, ['/roleIds repeated_value']],
    [{ status: 'active' }, ['/status field_unknown']],
    [{ accountId: NO_ONE }, ['/accountId field_unknown']],
    [{ passwordHash: 'x' }, ['/passwordHash field_unknown']],
  ])('are not made with %j', async (wrong, problems) => {
    const right = buildUser({ email: 'fine@one.example', name: 'Fine' });
    const request = Object.keys(wrong).length > 0 ? { ...right, ...wrong } : wrong;
    const { body } = await manager.post('/v1/users', request).expect(400);
    expect(body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`).sort()).toEqual(
      problems,
    );
    expect(JSON.stringify(body)).not.toContain(PASSWORD);
  });

  it.each([
    [{}, 'required'],
    [{ version: 1, status: 'gone' }, 'value_unknown'],
    [{ version: 1, password: PASSWORD }, 'field_unknown'],
    [{ version: 1, email: 'nobody' }, 'email_invalid'],
    [{ version: 1.5 }, 'not_a_whole_number'],
  ])('are not changed by %j', async (request, code) => {
    expect((await manager.patch(`/v1/users/${manager.user.id}`, request).expect(400)).body.code).toBe(code);
  });

  it('have an e-mail that no other user has, of any account', async () => {
    await newUser('taken@one.example');
    const other = await service.newManager('manager@two.example');
    const own = (await other.get(`/v1/users/${other.user.id}`)).body;
    const request = buildUser({ email: 'Taken@one.example', name: 'Twice' });
    for (const taken of [
      manager.post('/v1/users', request),
      other.post('/v1/users', request),
      other.patch(`/v1/users/${own.id}`, { email: 'TAKEN@one.example', version: own.version }),
    ]) {
      const { body } = await taken.expect(409);
      expect(body).toMatchObject({ code: 'email_taken', errors: [{ field: '/email', code: 'email_taken' }] });
    }
  });

  it('log in with an e-mail in any script', async () => {
    await newUser('Ünï@CÖDÉ.example');
    await service.login('ünï@cödé.example');
  });

  it('are refused a role that is not there, by its place in the list', async () => {
    const request = buildUser({ email: 'lost@one.example', name: 'Lost', roleIds: [roleId, NO_ONE] });
    const made = await manager.post('/v1/users', request).expect(404);
    expect(made.body).toMatchObject({ code: 'role_not_found', errors: [{ field: '/roleIds/1' }] });
    const user = await newUser('lost@one.example');
    // The place in the request, whatever order the roles are kept in.
    const roleIds = ['7ZZZZZZZZZZZZZZZZZZZZZZZZZ', roleId];
    const changed = await manager.patch(`/v1/users/${user.id}`, { roleIds, version: 1 }).expect(404);
    expect(changed.body).toMatchObject({ code: 'role_not_found', errors: [{ field: '/roleIds/0' }] });
    expect((await manager.get(`/v1/users/${user.id}`)).body).toEqual(user);
  });

  it('come in pages, oldest first, each once', async () => {
    const other = await service.newManager('manager@pages.example');
    const request = { name: 'N', password: PASSWORD, roleIds: [] };
    for (let made = 0; made < 4; made++) await other.post('/v1/users', { ...request, email: `n${made}@pages.example` });
    const emails: string[] = [];
    let cursor: string | undefined;
    do {
      const query: Query = { limit: 2, ...(cursor && { cursor }) };
      const { body }: Response = await other.get('/v1/users', query).expect(200);
      emails.push(...body.data.map(({ email }: { email: string }) => email.split('@')[0]!));
      cursor = (body.nextCursor as string | null) ?? undefined;
    } while (cursor);
    expect(emails).toEqual(['manager', 'n0', 'n1', 'n2', 'n3']);
  });

  it('may be listed by whoever builds the report, but not opened', async () => {
    const auditor = await service.newUser(manager, 'auditor@one.example', 'Alice', ['users_activity']);
    await auditor.get('/v1/users').expect(200);
    expect((await auditor.get(`/v1/users/${manager.user.id}`).expect(403)).body.code).toBe('privilege_missing');
    expect((await auditor.get('/v1/roles').expect(403)).body.code).toBe('privilege_missing');
  });

  it('who are disabled are out with their next request, and back in when they are enabled', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['orders']);
    const path = `/v1/users/${john.user.id}`;
    await manager.patch(path, { status: 'disabled', version: 1 }).expect(200);
    expect((await john.get('/v1/auth/me').expect(401)).body.code).toBe('user_disabled');
    await manager.patch(path, { status: 'active', version: 2 }).expect(200);
    // The session from before does not come back, whoever may have its token.
    expect((await john.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
    await (await service.login('john@one.example')).get('/v1/auth/me').expect(200);
  });

  it('have the privileges of all their roles together, from the next request on', async () => {
    const other = (await manager.post('/v1/roles', { name: 'Other', privileges: ['refunds', 'orders'] })).body;
    const { id } = await newUser('roles@one.example', [roleId, other.id]);
    const person = await service.login('roles@one.example');
    const privileges = async () => (await person.get('/v1/auth/me').expect(200)).body.privileges;
    expect(await privileges()).toEqual(['orders', 'refunds']);
    await manager.patch(`/v1/roles/${other.id}`, { privileges: ['invoices'], version: 1 }).expect(200);
    expect(await privileges()).toEqual(['orders', 'invoices']);
    await manager.patch(`/v1/users/${id}`, { roleIds: [other.id], version: 1 }).expect(200);
    expect(await privileges()).toEqual(['invoices']);
    await manager.patch(`/v1/users/${id}`, { roleIds: [], version: 2 }).expect(200);
    expect(await privileges()).toEqual([]);
  });
});
