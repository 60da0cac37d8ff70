import { AccessBounds } from '../../../src/access/members/access-bounds';
import { Activity } from '../../../src/audit/recording/activity.entity';
import { makeKey } from '../../support/api-keys';
import type { Person } from '../../support/person';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const PATH = '/v1/auth/password';
const CHANGE = { currentPassword: PASSWORD, newPassword: 'quite another password' };

describe('the API keys of a user who changes the own password', () => {
  const service = useService();
  const manager = useManager(service);
  let people = 0;
  let email: string;
  let john: Person;

  afterEach(() => jest.restoreAllMocks());

  beforeEach(async () => {
    email = `john${people++}@one.example`;
    john = await service.newUser(manager, email, 'John Doe', ['api_keys', 'users_activity']);
  });

  const recordsOf = (activity: string, { user }: Person = john) =>
    service.writeSource.manager.find(Activity, {
      where: { userId: user.id, activity: activity as Activity['activity'] },
      order: { id: 'DESC' },
    });

  it.each([[{}], [{ revokeApiKeys: false }]])('go on working with %j, and the record says so', async (told) => {
    const { program } = await makeKey(service, john);
    await john.post(PATH, { ...CHANGE, ...told }).expect(204);
    await program.get('/v1/auth/me').expect(200);
    const [changed] = await recordsOf('user.password_changed');
    expect(changed!.details).toEqual({ userId: john.user.id, revokeApiKeys: false });
    expect(await recordsOf('api_key.revoked')).toEqual([]);
  });

  it('are refused at once when the request asks for it, and each is recorded as revoked', async () => {
    const [one, other] = [await makeKey(service, john), await makeKey(service, john)];
    const managers = await makeKey(service, manager);
    await john.post(PATH, { ...CHANGE, revokeApiKeys: true }).expect(204);
    for (const { program } of [one, other]) {
      expect((await program.get('/v1/auth/me').expect(401)).body.code).toBe('api_key_revoked');
    }
    await managers.program.get('/v1/auth/me').expect(200);
    await john.get('/v1/auth/me').expect(200);
    const [changed] = await recordsOf('user.password_changed');
    expect(changed!.details).toEqual({
      userId: john.user.id,
      revokeApiKeys: true,
      revokedApiKeys: [other.id, one.id],
    });
    const rows = await manager.report({ activity: 'api_key.revoked', userId: john.user.id });
    expect(rows.map(({ comment, outcome }) => [comment, outcome])).toEqual(
      expect.arrayContaining([
        [one.name, 'success'],
        [other.name, 'success'],
      ]),
    );
    expect(rows).toHaveLength(2);
    for (const { details } of await recordsOf('api_key.revoked')) {
      expect(details).toMatchObject({ prefix: expect.stringMatching(/^uak_/) as string, networks: [] });
    }
  });

  it('that were revoked or have expired before are not recorded again', async () => {
    const revoked = await makeKey(service, john);
    await john.delete(`/v1/api-keys/${revoked.id}`).expect(204);
    const soon = new Date(Date.now() + 60_000);
    await makeKey(service, john, { expiresAt: soon.toISOString() });
    service.setTime(new Date(soon.getTime() + 1000));
    await john.post(PATH, { ...CHANGE, revokeApiKeys: true }).expect(204);
    expect(await recordsOf('api_key.revoked')).toHaveLength(1);
  });

  it('go on working when the change is refused', async () => {
    const { program } = await makeKey(service, john);
    const wrong = { ...CHANGE, currentPassword: 'not the password', revokeApiKeys: true };
    await john.post(PATH, wrong).expect(422);
    await program.get('/v1/auth/me').expect(200);
    expect(await recordsOf('api_key.revoked')).toEqual([]);
  });

  it.each([['true'], [1], [null]])('are no matter of %j', async (revokeApiKeys) => {
    const { body } = await john.post(PATH, { ...CHANGE, revokeApiKeys }).expect(400);
    expect(body).toMatchObject({ code: 'not_a_boolean', errors: [{ field: '/revokeApiKeys' }] });
  });

  it('cannot be made in a session that the change has ended since the request began', async () => {
    const other = await service.login(email);
    const bounds = service.app.get(AccessBounds);
    const lock = bounds.lock.bind(bounds);
    // The lock waits until the password is changed.
    jest.spyOn(bounds, 'lock').mockImplementationOnce(async () => {
      await service.writeSource.query('DELETE FROM sessions WHERE user_id = ?', [john.user.id]);
      await lock();
    });
    const { body } = await other.post('/v1/api-keys', { name: 'Late', privileges: ['users_activity'] }).expect(401);
    expect(body.code).toBe('token_invalid');
  });

  it('never work afterwards when another session makes one at the same time', async () => {
    let current = PASSWORD;
    for (let round = 0; round < 4; round++) {
      const other = await service.login(email, current);
      const change = { currentPassword: current, newPassword: `new password ${round}`, revokeApiKeys: true };
      const [changed, made] = await Promise.all([
        john.post(PATH, change),
        other.post('/v1/api-keys', { name: `Late ${round}`, privileges: ['users_activity'] }),
      ]);
      expect(changed.status).toBe(204);
      expect([201, 401]).toContain(made.status);
      const { data } = (await john.get('/v1/api-keys', { limit: 1000 }).expect(200)).body;
      const late = data.filter(({ name }: { name: string }) => name === `Late ${round}`);
      expect(late.map(({ status }: { status: string }) => status)).toEqual(made.status === 201 ? ['revoked'] : []);
      current = change.newPassword;
    }
  });
});
