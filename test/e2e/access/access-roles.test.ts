import type { Response } from 'supertest';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const NO_ONE = '01KAM9W3M8Q6XK2T1N9B7C5D4E';

describe('roles', () => {
  const service = useService();
  const manager = useManager(service);

  const newRole = async (name: string, privileges: string[] = []) =>
    (await manager.post('/v1/roles', { name, privileges }).expect(201)).body;
  const problemsOf = (body: { errors: { field: string; code: string }[] }) =>
    body.errors.map(({ field, code }) => `${field} ${code}`).sort();

  it('are made, shown, changed and deleted', async () => {
    const made = await newRole('  Refund desk ', ['refunds', 'orders']);
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
      name: 'Refund desk',
      privileges: ['orders', 'refunds'],
      version: 1,
      createdAt: expect.stringMatching(/T.+\+0[23]:00$/) as string,
    });
    const path = `/v1/roles/${made.id}`;
    expect((await manager.get(path).expect(200)).body).toEqual(made);

    const changed = (await manager.patch(path, { privileges: ['invoices'], version: 1 }).expect(200)).body;
    expect(changed).toEqual({ ...made, privileges: ['invoices'], version: 2 });
    const renamed = (await manager.patch(path, { name: 'Invoices', version: 2 }).expect(200)).body;
    expect(renamed).toEqual({ ...changed, name: 'Invoices', version: 3 });
    expect((await manager.patch(path, { name: 'Invoices', version: 3 }).expect(200)).body).toEqual(renamed);
    expect((await manager.get(path).expect(200)).body).toEqual(renamed);

    await manager.delete(path).expect(204);
    for (const gone of [manager.get(path), manager.patch(path, { version: 3 }), manager.delete(path)]) {
      expect((await gone.expect(404)).body.code).toBe('role_not_found');
    }
  });

  it.each([
    [{}, ['/name required', '/privileges required']],
    [{ name: ' ', privileges: [] }, ['/name length_out_of_range']],
    [{ name: 'x'.repeat(101), privileges: [] }, ['/name length_out_of_range']],
    [{ name: 7, privileges: 'orders' }, ['/name not_a_text', '/privileges not_a_list']],
    [{ name: null, privileges: null }, ['/name not_a_text', '/privileges not_a_list']],
    [{ name: 'A', privileges: ['everything'] }, ['/privileges privilege_unknown']],
    [{ name: 'A', privileges: ['orders', 'orders'] }, ['/privileges repeated_value']],
    [{ name: 'A', privileges: [['orders']] }, ['/privileges privilege_unknown']],
    [{ name: 'A', privileges: [], id: NO_ONE }, ['/id field_unknown']],
    [
      { name: 'A', privileges: [], accountId: NO_ONE, version: 1 },
      ['/accountId field_unknown', '/version field_unknown'],
    ],
  ])('are not made of %j', async (request, problems) => {
    const { body } = await manager.post('/v1/roles', request).expect(400);
    expect(problemsOf(body)).toEqual(problems);
  });

  it.each([
    [{}, ['/version required']],
    [{ version: '1' }, ['/version not_a_whole_number']],
    [{ version: 0 }, ['/version out_of_range']],
    [{ version: 1, name: '' }, ['/name length_out_of_range']],
    [{ version: 1, privileges: ['everything'] }, ['/privileges privilege_unknown']],
    [{ version: 1, createdAt: '2026-01-01' }, ['/createdAt field_unknown']],
  ])('are not changed by %j', async (request, problems) => {
    const { id } = await newRole(`Unchanged ${problems[0]}`);
    const { body } = await manager.patch(`/v1/roles/${id}`, request).expect(400);
    expect(problemsOf(body)).toEqual(problems);
    expect((await manager.get(`/v1/roles/${id}`)).body.version).toBe(1);
  });

  it('have a name that no other role of the account has', async () => {
    const first = await newRole('Auditors');
    const second = await newRole('auditors');
    for (const taken of [
      manager.post('/v1/roles', { name: 'Auditors', privileges: [] }),
      manager.patch(`/v1/roles/${second.id}`, { name: ' Auditors ', version: 1 }),
    ]) {
      const { body } = await taken.expect(409);
      expect(body).toMatchObject({ code: 'role_name_taken', errors: [{ field: '/name', code: 'role_name_taken' }] });
    }
    await manager.patch(`/v1/roles/${first.id}`, { name: 'Auditors', privileges: ['orders'], version: 1 }).expect(200);
    const other = await service.newManager('manager@two.example');
    await other.post('/v1/roles', { name: 'Auditors', privileges: [] }).expect(201);
  });

  it('are not deleted while somebody has them', async () => {
    const john = await service.newUser(manager, 'john@one.example', 'John Doe', ['orders']);
    const user = (await manager.get(`/v1/users/${john.user.id}`).expect(200)).body;
    const path = `/v1/roles/${user.roleIds[0]}`;
    expect((await manager.delete(path).expect(409)).body.code).toBe('role_in_use');
    await manager.patch(`/v1/users/${user.id}`, { roleIds: [], version: 1 }).expect(200);
    await manager.delete(path).expect(204);
  });

  it('come in pages, oldest first, each once', async () => {
    const other = await service.newManager('manager@pages.example');
    for (let made = 0; made < 5; made++) await other.post('/v1/roles', { name: `Role ${made}`, privileges: [] });
    const names: string[] = [];
    let next: string | undefined = '/v1/roles?limit=2';
    while (next !== undefined) {
      const { body, headers }: Response = await other.get(next).expect(200);
      names.push(...body.data.map(({ name }: { name: string }) => name));
      next = /^<(.+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
      expect(next === undefined).toBe(body.nextCursor === null);
    }
    expect(names).toEqual(['Managers', 'Role 0', 'Role 1', 'Role 2', 'Role 3', 'Role 4']);
    expect((await other.get('/v1/roles', { limit: 6 }).expect(200)).body.nextCursor).toBeNull();
  });

  it.each([
    [{ limit: 0 }, 'out_of_range'],
    [{ limit: 1001 }, 'out_of_range'],
    [{ limit: 'all' }, 'not_a_whole_number'],
    [{ cursor: 'x' }, 'cursor_invalid'],
    [{ page: 2 }, 'field_unknown'],
  ])('are not listed by %j', async (query, code) => {
    for (const path of ['/v1/roles', '/v1/users']) {
      expect((await manager.get(path, query).expect(400)).body.code).toBe(code);
    }
  });

  it('take no cursor of another list or another account', async () => {
    const { body } = await manager.get('/v1/roles', { limit: 1 }).expect(200);
    const cursor = body.nextCursor as string;
    const other = await service.newManager('manager@cursors.example');
    for (const foreign of [manager.get('/v1/users', { cursor }), other.get('/v1/roles', { cursor })]) {
      expect((await foreign.expect(400)).body.code).toBe('cursor_of_another_filter');
    }
  });

  it('have ids of one form', async () => {
    for (const id of ['1', NO_ONE.toLowerCase(), `${NO_ONE}X`, `${NO_ONE.slice(1)}'`]) {
      const path = `/v1/roles/${encodeURIComponent(id)}`;
      for (const wrong of [manager.get(path), manager.patch(path, { version: 1 }), manager.delete(path)]) {
        expect((await wrong.expect(400)).body).toMatchObject({ code: 'id_invalid', errors: [{ field: 'id' }] });
      }
    }
  });
});
