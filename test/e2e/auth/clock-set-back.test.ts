import { useInvitingService } from '../../support/invitations';
import { makeKey } from '../../support/api-keys';
import { useManager } from '../../support/use-people';

const HOUR = 3600_000;

describe('a clock that was ahead while a user was disabled', () => {
  const inviting = useInvitingService();
  const { service } = inviting;
  const manager = useManager(service);
  let people = 0;
  let email: string;

  afterEach(() => jest.restoreAllMocks());

  /** Creates a user who is disabled and enabled again an hour ahead. */
  const returningUser = async () => {
    email = `john${people++}@one.example`;
    const john = await service.newUser(manager, email, 'John Doe', ['api_keys', 'users_activity']);
    service.setTime(new Date(Date.now() + HOUR));
    await changeStatus(john.user.id, 'disabled');
    await changeStatus(john.user.id, 'active');
    jest.restoreAllMocks();
    return john;
  };
  const changeStatus = async (id: string, status: 'active' | 'disabled') => {
    const { version } = (await manager.get(`/v1/users/${id}`).expect(200)).body;
    await manager.patch(`/v1/users/${id}`, { status, version }).expect(200);
  };

  it('does not keep the user from logging in, and ends the earlier sessions', async () => {
    const earlier = await returningUser();
    const john = await service.login(email);
    await john.get('/v1/auth/me').expect(200);
    expect((await john.get('/v1/auth/sessions').expect(200)).body.data).toHaveLength(1);
    expect((await earlier.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
  });

  it('does not keep the new API keys of the user from working', async () => {
    await returningUser();
    const { id, program } = await makeKey(service, await service.login(email));
    await program.get('/v1/auth/me').expect(200);
    expect((await manager.get(`/v1/api-keys/${id}`).expect(200)).body.status).toBe('active');
  });

  it('does not keep sessions and API keys alive when the user is disabled again', async () => {
    const { user } = await returningUser();
    const john = await service.login(email);
    const { id } = await makeKey(service, john);
    await changeStatus(user.id, 'disabled');
    await changeStatus(user.id, 'active');
    expect((await john.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
    expect((await manager.get(`/v1/api-keys/${id}`).expect(200)).body.status).toBe('user_disabled');
    await (await service.login(email)).get('/v1/auth/me').expect(200);
  });

  it('does not keep the user from accepting a new invitation', async () => {
    const { user } = await returningUser();
    const token = await inviting.inviteAgain(manager, user.id);
    await inviting.accept(token).expect(204);
  });
});
