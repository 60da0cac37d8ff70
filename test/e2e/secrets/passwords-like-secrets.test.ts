import { ACCEPT, useInvitingService } from '../../support/invitations';
import type { Person } from '../../support/person';
import { useManager } from '../../support/use-people';
import { buildUser } from '../../support/user-requests';

/** Passwords that look like what is refused in every other field. */
const PASSWORDS = [
  ['a card number', '4111 1111 1111 1111'],
  ['a card number without spaces', '5555555555554444'],
  ['a token of this service', `uas_${'5tQ0xq8Wq2Vx9c1mB4n7'.repeat(2)}Zk3`],
  ['an authorization header', 'Bearer 5tQ0xq8Wq2Vx9c1mB4n7'],
] as const;
const SECRETS: readonly string[] = PASSWORDS.map(([, password]) => password);
const CARD = PASSWORDS[0][1];

describe('a password', () => {
  const inviting = useInvitingService({ LOG_LEVEL: 'trace' }, { write: (line: string) => void (log += line) });
  const { service } = inviting;
  const manager = useManager(service);
  let log = '';
  let answers = '';
  let people = 0;
  let email: string;

  beforeEach(() => (email = `nora${people++}@one.example`));

  /** Sends a request and keeps the answer for the last test. */
  const send = async (person: Person, path: string, body: object, status: number) => {
    const answer = await person.post(path, body);
    answers += JSON.stringify([answer.headers, answer.text]);
    expect([path, answer.status, answer.text]).toEqual([path, status, answer.text]);
  };
  const logIn = (password: string, status = 200) => send(service.nobody, '/v1/auth/login', { email, password }, status);
  const createUser = (password: string, status = 201) =>
    send(manager, '/v1/users', buildUser({ email, password }), status);

  it.each(PASSWORDS)('may look like %s when a user is created, logs in and changes it', async (_, password) => {
    await createUser(password);
    await logIn(password);
    const user = await service.login(email, password);
    const [otherwise, quite] = [`${password} otherwise`, `quite ${password}`];
    await send(user, '/v1/auth/password', { currentPassword: password, newPassword: otherwise }, 204);
    await send(user, '/v1/auth/password', { currentPassword: otherwise, newPassword: quite }, 204);
    await logIn(otherwise, 401);
    await logIn(quite);
  });

  it.each(PASSWORDS)('may look like %s when an invitation is accepted', async (_, password) => {
    const { token } = await inviting.invite(manager, email);
    await send(service.nobody, ACCEPT, { token, password }, 204);
    await logIn(password);
  });

  it.each(PASSWORDS)('that looks like %s and is wrong is refused as any other is', async (_, password) => {
    await logIn(password, 401);
    const user = await service.newUser(manager, email, 'Nora New');
    const change = { currentPassword: password, newPassword: 'quite another password' };
    const { body } = await user.post('/v1/auth/password', change).expect(422);
    expect(body.code).toBe('password_wrong');
  });

  it.each([
    ['/v1/auth/login', 'password', { email: 'manager@one.example' }],
    ['/v1/users', 'password', { email: 'nora@one.example', name: 'Nora New', roleIds: [] }],
    ['/v1/auth/password', 'newPassword', { currentPassword: 'whatever it is' }],
    ['/v1/auth/password', 'currentPassword', { newPassword: 'whatever it is' }],
    [ACCEPT, 'password', { token: 'uai_x' }],
  ])('of %s must be a text that is well formed, without a null character: %s', async (path, field, rest) => {
    for (const malformed of ['4111 1111 1111 1111 \u0000', '4111 1111 1111 1111 \ud83d']) {
      const { body } = await manager.post(path, { ...rest, [field]: malformed }).expect(400);
      expect(body).toMatchObject({ code: 'text_malformed', errors: [{ field: `/${field}` }] });
      answers += JSON.stringify(body);
    }
  });

  it('is the only field that may look like a secret, and only as a text', async () => {
    const user = { email, name: 'Nora New', roleIds: [], password: CARD };
    const { body } = await manager.post('/v1/users', { ...user, name: CARD }).expect(422);
    expect(body).toMatchObject({ code: 'card_number_refused', errors: [{ field: '/name' }] });
    for (const password of [[CARD], { deeper: CARD }]) {
      const refused = await manager.post('/v1/users', { ...user, password }).expect(422);
      expect(refused.body.code).toBe('card_number_refused');
    }
    const { status } = await manager.post('/v1/roles', { name: 'Night shift', privileges: [], password: CARD });
    expect(status).toBe(422);
  });

  it('that is too short, too long or of a request with other mistakes is not repeated in the answer', async () => {
    for (const password of ['4222 222', `4111 1111 1111 1111${'x'.repeat(128)}`, CARD]) {
      const { body, text } = await manager.post('/v1/users', { email: 'x', name: '', password, roleIds: 'x' });
      answers += text;
      expect([body.status, text.includes(password)]).toEqual([400, false]);
    }
  });

  it('is then in no table, no line of the log and no answer', async () => {
    const tables = service.writeSource.entityMetadatas.map(({ tableName }) => tableName);
    const rows = await Promise.all(tables.map((table) => service.writeSource.query(`SELECT * FROM ${table}`)));
    expect([log.length > 10_000, answers.length > 10_000]).toEqual([true, true]);
    for (const kept of [JSON.stringify(rows), log, answers]) {
      for (const secret of SECRETS) expect(kept.includes(secret)).toBe(false);
    }
  });
});
