import { UsersRepository } from '../../../src/access/members/users.repository';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { ACCEPT, useInvitingService } from '../../support/invitations';
import { useManager } from '../../support/use-people';
import { buildUser } from '../../support/user-requests';

// An import of ES modules would be a read-only view, and this test watches a function.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import argon2 = require('@node-rs/argon2');

/** The same password as Windows sends it, and as macOS does. */
const COMPOSED = 'Les élèves à l’école'.normalize('NFC');
const DECOMPOSED = COMPOSED.normalize('NFD');

describe('a password in two Unicode forms', () => {
  const inviting = useInvitingService();
  const { service } = inviting;
  const manager = useManager(service);
  let people = 0;
  let email: string;

  beforeEach(() => (email = `nora${people++}@one.example`));
  afterEach(() => jest.restoreAllMocks());

  const logIn = (password: string, as = email) => service.nobody.post('/v1/auth/login', { email: as, password });
  const createUser = (password: string) => manager.post('/v1/users', buildUser({ email, password }));

  it.each([
    ['composed', COMPOSED, 'decomposed', DECOMPOSED],
    ['decomposed', DECOMPOSED, 'composed', COMPOSED],
  ])('is the same one: set %s, sent %s', async (_, set, _other, sent) => {
    expect(set).not.toBe(sent);
    await createUser(set).expect(201);
    await logIn(sent).expect(200);
    await logIn(set).expect(200);
    const user = await service.login(email, sent);
    const unchanged = { currentPassword: set, newPassword: sent };
    expect((await user.post('/v1/auth/password', unchanged).expect(422)).body.code).toBe('password_unchanged');
    const change = { currentPassword: sent, newPassword: `${set}, et plus` };
    await user.post('/v1/auth/password', change).expect(204);
    await logIn(`${sent}, et plus`).expect(200);
  });

  it('is accepted with an invitation, and its characters are counted composed', async () => {
    const { token } = await inviting.invite(manager, email);
    for (const wrong of ['é'.normalize('NFD').repeat(11), 'é'.repeat(129), 'é'.normalize('NFD').repeat(129)]) {
      const { body } = await service.nobody.post(ACCEPT, { token, password: wrong }).expect(400);
      expect(body).toMatchObject({ code: 'length_out_of_range', errors: [{ field: '/password' }] });
    }
    // U+1F82 has four code points when it is decomposed.
    const longest = '\u1f82'.repeat(128);
    await service.nobody.post(ACCEPT, { token, password: longest.normalize('NFD') }).expect(204);
    await logIn(longest).expect(200);
    await logIn(`${longest}\u1f82`.normalize('NFD')).expect(400);
  });

  it('that was stored as it was sent still works as it was sent', async () => {
    const { body } = await createUser('a first password').expect(201);
    const stored = await argon2.hash(DECOMPOSED);
    const unitOfWork = service.app.get(UnitOfWork);
    await unitOfWork.run(() => service.app.get(UsersRepository).updatePassword(body.id, stored));
    await logIn(DECOMPOSED).expect(200);
    await logIn(COMPOSED).expect(401);
    const user = await service.login(email, DECOMPOSED);
    const change = { currentPassword: DECOMPOSED, newPassword: `${DECOMPOSED}!` };
    await user.post('/v1/auth/password', change).expect(204);
    await logIn(`${COMPOSED}!`).expect(200);
  });

  it('takes the same work whether it is right, wrong, of an invited user or of nobody', async () => {
    await createUser(COMPOSED).expect(201);
    await inviting.invite(manager, `invited.${email}`);
    const verify = jest.spyOn(argon2, 'verify');
    const work = async (password: string, as: string, status: number) => {
      verify.mockClear();
      await logIn(password, as).expect(status);
      return verify.mock.calls.length;
    };
    for (const [sent, wrong, times] of [
      [COMPOSED, `${COMPOSED}?`, 1],
      [DECOMPOSED, `${DECOMPOSED}?`, 2],
    ] as const) {
      expect(await work(sent, email, 200)).toBe(times);
      expect(await work(wrong, email, 401)).toBe(times);
      expect(await work(sent, `invited.${email}`, 401)).toBe(times);
      expect(await work(sent, `unknown.${email}`, 401)).toBe(times);
    }
  });
});
