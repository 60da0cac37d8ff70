import { ACCEPT, useInvitingService } from '../../support/invitations';
import type { Person } from '../../support/person';
import { Report } from '../../support/report';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { buildInvitedUser } from '../../support/user-requests';

const UNKNOWN = `uai_${'x'.repeat(43)}`;

describe('an invitation that is not good any more', () => {
  const inviting = useInvitingService({ INVITATION_HOURS: '1' });
  const { service } = inviting;
  let manager: Person;
  let people = 0;
  let email: string;

  beforeAll(async () => {
    manager = await service.newManager('manager@one.example');
  });
  afterEach(() => jest.restoreAllMocks());
  beforeEach(() => (email = `nora${people++}@one.example`));

  const change = async (id: string, changed: object) => {
    const { version } = (await manager.get(`/v1/users/${id}`).expect(200)).body;
    await manager.patch(`/v1/users/${id}`, { ...changed, version }).expect(200);
  };
  const inMinutes = (minutes: number) => {
    service.setTime(new Date(Date.now() + minutes * 60_000));
  };

  /** Each way for a link to become useless. */
  const ways: [string, () => Promise<string>][] = [
    ['a token that nobody has', () => Promise.resolve(UNKNOWN)],
    ['half a token', async () => (await inviting.invite(manager, email)).token.slice(0, 30)],
    ['a token in other cases', async () => (await inviting.invite(manager, email)).token.toUpperCase()],
    [
      'one that was used',
      async () => {
        const { token } = await inviting.invite(manager, email);
        await inviting.accept(token, 'quite another password').expect(204);
        return token;
      },
    ],
    [
      'one that has expired',
      async () => {
        const { token } = await inviting.invite(manager, email);
        inMinutes(60);
        return token;
      },
    ],
    [
      'one that was replaced',
      async () => {
        const { id, token } = await inviting.invite(manager, email);
        await inviting.inviteAgain(manager, id);
        return token;
      },
    ],
    [
      'one of a user who is disabled',
      async () => {
        const { id, token } = await inviting.invite(manager, email);
        await change(id, { status: 'disabled' });
        return token;
      },
    ],
    [
      'one of a user who was disabled since',
      async () => {
        const { id, token } = await inviting.invite(manager, email);
        await change(id, { status: 'disabled' });
        await change(id, { status: 'active' });
        return token;
      },
    ],
    [
      'one that went to another e-mail',
      async () => {
        const { id, token } = await inviting.invite(manager, `old.${email}`);
        await change(id, { email });
        return token;
      },
    ],
    [
      'one of a user who has changed the password since',
      async () => {
        const nora = await service.newUser(manager, email, 'Nora');
        const token = await inviting.inviteAgain(manager, nora.user.id);
        const newPassword = 'quite another password';
        await nora.post('/v1/auth/password', { currentPassword: PASSWORD, newPassword }).expect(204);
        return token;
      },
    ],
  ];

  it.each(ways)('is refused in the same words: %s', async (_, prepare) => {
    const token = await prepare();
    const { body } = await inviting.accept(token).expect(422);
    const message = 'This invitation cannot be used: it was used, has expired or was replaced. Ask for another one.';
    expect(body).toEqual({
      type: 'urn:problem:invitation_invalid',
      title: 'Unprocessable Entity',
      status: 422,
      code: 'invitation_invalid',
      detail: message,
      instance: ACCEPT,
      requestId: expect.any(String) as string,
      errors: [{ field: '/token', code: 'invitation_invalid', message }],
    });
    await service.nobody.post('/v1/auth/login', { email, password: PASSWORD }).expect(401);
  });

  it('works until the last moment of its time', async () => {
    service.setTime('2030-01-15T10:00:00.000Z');
    manager = await service.login('manager@one.example');
    const { token } = await inviting.invite(manager, email);
    service.setTime('2030-01-15T10:59:59.999Z');
    await inviting.accept(token).expect(204);
  });

  it('is recorded as a failure of the user whom it belonged to, and of nobody when it belonged to none', async () => {
    const { id, token } = await inviting.invite(manager, email);
    inMinutes(60);
    const failures = () => manager.report({ activity: 'user.password_changed', outcome: 'failure' });
    const before = await failures();
    await inviting.accept(UNKNOWN).expect(422);
    expect(await failures()).toEqual(before);
    await inviting.accept(token).expect(422);
    const [row, ...others] = await failures();
    expect(row).toMatchObject({ user: { id, name: 'Nora New' } });
    expect(others).toEqual(before);
  });

  it.each([
    [{}, ['/password required', '/token required']],
    [{ token: UNKNOWN }, ['/password required']],
    [{ token: UNKNOWN, password: 'x'.repeat(11) }, ['/password length_out_of_range']],
    [{ token: UNKNOWN, password: 'x'.repeat(129) }, ['/password length_out_of_range']],
    [{ token: 7, password: PASSWORD }, ['/token not_a_text']],
    [{ token: 'x'.repeat(201), password: PASSWORD }, ['/token length_out_of_range']],
    [{ token: UNKNOWN, password: PASSWORD, email: 'me@one.example' }, ['/email field_unknown']],
  ])('is not even looked for when the body is %j', async (request, problems) => {
    const { body } = await service.nobody.post(ACCEPT, request).expect(400);
    const errors = body.errors as { field: string; code: string }[];
    expect(errors.map(({ field, code }) => `${field} ${code}`).sort()).toEqual(problems);
    expect(JSON.stringify(body)).not.toContain(UNKNOWN);
  });

  it.each([
    ['another kind of token', { token: `uas_${'x'.repeat(43)}`, password: PASSWORD }, '/token'],
    ['a card number as token', { token: '4111 1111 1111 1111', password: PASSWORD }, '/token'],
    ['a token and more', { token: `${UNKNOWN} ${UNKNOWN}`, password: PASSWORD }, '/token'],
    ['a token in a list', { token: [UNKNOWN], password: PASSWORD }, '/token/0'],
  ])('takes no secret but its own: %s', async (_, request, field) => {
    const { body } = await service.nobody.post(ACCEPT, request).expect(422);
    expect(body).toMatchObject({ code: 'card_number_refused', errors: [{ field }] });
  });
});

describe('sending an invitation', () => {
  const inviting = useInvitingService();
  const manager = useManager(inviting.service);
  const report = new Report(manager);

  const invite = (person: Person, id: string) => person.post(`/v1/users/${id}/invitation`);

  it('needs the privilege to manage access', async () => {
    const john = await inviting.service.newUser(manager, 'john@one.example', 'John', ['orders']);
    const { body } = await invite(john, john.user.id).expect(403);
    expect(body.code).toBe('privilege_missing');
    expect(await report.lastRow({ activity: 'user.invited' })).toMatchObject({
      user: { name: 'John' },
      outcome: 'denied',
    });
  });

  it('needs all that the user may do: whoever gets the link gets that', async () => {
    const weak = await inviting.service.newUser(manager, 'weak@one.example', 'Weak', ['manage_user_access']);
    const strong = await inviting.service.newUser(manager, 'strong@one.example', 'Strong', ['refunds']);
    const { body } = await invite(weak, strong.user.id).expect(403);
    expect(body).toMatchObject({ code: 'privilege_not_held', errors: [{ field: 'id' }] });
    expect(body.detail).toContain('Refunds');
    expect(await report.lastRow({ activity: 'user.invited' })).toMatchObject({
      user: { name: 'Weak' },
      outcome: 'denied',
      comment: expect.any(String),
    });
    await invite(weak, weak.user.id).expect(202);
  });

  it('is refused for a user who is disabled', async () => {
    const { id } = (await manager.post('/v1/users', buildInvitedUser({ email: 'left@one.example', name: 'Lea' }))).body;
    await manager.patch(`/v1/users/${id}`, { status: 'disabled', version: 1 }).expect(200);
    expect((await invite(manager, id).expect(409)).body.code).toBe('user_disabled');
    expect(await report.lastRow({ activity: 'user.invited' })).toMatchObject({
      outcome: 'failure',
      comment: 'Lea <left@one.example>',
    });
  });

  it('finds nobody of another account, and no user that is not there', async () => {
    const other = await inviting.service.newManager('manager@two.example');
    for (const id of [other.user.id, '01KAM9W3M8Q6XK2T1N9B7C5D4E']) {
      expect((await invite(manager, id).expect(404)).body.code).toBe('user_not_found');
    }
    expect((await invite(manager, 'me').expect(400)).body.code).toBe('id_invalid');
  });
});
