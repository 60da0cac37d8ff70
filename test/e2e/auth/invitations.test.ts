import { User } from '../../../src/access/members/user.entity';
import { Clock } from '../../../src/lib/time/clock';
import { OutboxJob } from '../../../src/mail/outbox.job';
import { tokenIn, useInvitingService } from '../../support/invitations';
import { Report } from '../../support/report';
import { PASSWORD } from '../../support/service';
import { useManager } from '../../support/use-people';
import { buildInvitedUser } from '../../support/user-requests';

describe('an invitation', () => {
  const inviting = useInvitingService(
    { CONTROL_PANEL_URL: 'https://shop.example/panel/', INVITATION_HOURS: '24', LOG_LEVEL: 'trace' },
    { write: (line: string) => void (log += line) },
  );
  const manager = useManager(inviting.service);
  const report = new Report(manager);
  let log = '';
  let people = 0;
  let email: string;

  afterEach(() => jest.restoreAllMocks());
  beforeEach(() => (email = `nora${people++}@one.example`));

  const details = async (activity: string): Promise<object> => {
    const [row] = await inviting.service.writeSource.query<{ details: string }[]>(
      `SELECT details FROM activities WHERE activity = '${activity}' ORDER BY id DESC LIMIT 1`,
    );
    return JSON.parse(row!.details) as object;
  };
  const tryLogin = (password: string) => inviting.service.nobody.post('/v1/auth/login', { email, password });

  it('goes by mail to a user who is made without a password', async () => {
    inviting.service.setTime('2030-01-15T10:00:00.000Z');
    manager.become(await inviting.service.login('manager@one.example'));
    const { body } = await manager.post('/v1/users', buildInvitedUser({ email })).expect(201);
    expect(body).toMatchObject({ email, name: 'Nora New', status: 'active', version: 1 });
    expect(await report.lastRow({ from: '2030-01-15', to: '2030-01-15' })).toMatchObject({
      activity: { code: 'user.created' },
      comment: `Nora New <${email}>`,
    });
    expect(await details('user.created')).toEqual({ userId: expect.any(String), email, roleIds: [], invited: true });

    const text = await inviting.nextText();
    const [mail] = inviting.mailServer.mails;
    expect(mail).toMatchObject({
      from: { address: 'access@shop.example' },
      to: [{ address: email }],
      subject: 'Choose your password for the Control Panel of Merchant of manager@one.example',
    });
    expect(mail!.html).toBeUndefined();
    expect(text).toContain('Dear Nora New,\n');
    expect(text).toContain('Maria Manager invites you to the Control Panel of Merchant of manager@one.example.');
    expect(text).toMatch(/\nhttps:\/\/shop\.example\/panel\/accept-invitation#token=uai_[A-Za-z0-9_-]{43}\n/);
    expect(text).toContain('works once, until 2030-01-16 12:00 (Europe/Bucharest)');
    expect(text).toContain(`log in as ${email}`);
  });

  it('lets the user choose a password, and is recorded in the user’s name', async () => {
    const { id, token } = await inviting.invite(manager, email);
    await tryLogin(PASSWORD).expect(401);
    const { body } = await inviting.accept(token).set('user-agent', 'a browser').expect(204);
    expect(body).toEqual({});
    expect(await report.lastRow()).toMatchObject({
      activity: { code: 'user.password_changed' },
      user: { id, name: 'Nora New' },
      outcome: 'success',
      ipAddress: '127.0.0.1',
      userAgent: 'a browser',
    });
    expect(await details('user.password_changed')).toEqual({ userId: id, invitation: true });
    const nora = await inviting.service.login(email);
    expect(nora.user).toMatchObject({ id, mustChangePassword: false });
    await nora.get('/v1/privileges').expect(200);
  });

  it('works once', async () => {
    const { token } = await inviting.invite(manager, email);
    await inviting.accept(token).expect(204);
    const { body } = await inviting.accept(token, 'quite another password').expect(422);
    expect(body).toMatchObject({ code: 'invitation_invalid', errors: [{ field: '/token' }] });
    await tryLogin(PASSWORD).expect(200);
    await tryLogin('quite another password').expect(401);
  });

  it('works once also when two use it at the same time', async () => {
    for (let round = 0; round < 4; round++) {
      email = `twin${round}@one.example`;
      const { token } = await inviting.invite(manager, email);
      const passwords = ['the password of one', 'the password of two', 'the password of three'];
      const answers = await Promise.all(passwords.map((password) => inviting.accept(token, password)));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422]);
      const won = answers.findIndex(({ status }) => status === 204);
      for (const [index, password] of passwords.entries()) {
        expect((await tryLogin(password)).status).toBe(index === won ? 200 : 401);
      }
    }
  });

  it('is sent again on demand, and then only the last link works', async () => {
    inviting.service.setTime(new Date());
    const { id, token } = await inviting.invite(manager, email);
    const { body } = await manager.post(`/v1/users/${id}/invitation`).expect(202);
    expect(body).toEqual({
      expiresAt: expect.stringMatching(/^20\d{2}-.*\+0[23]:00$/) as string,
      mailId: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
    });
    expect(Date.parse(body.expiresAt)).toBe(inviting.service.app.get(Clock).now().getTime() + 24 * 3600_000);
    expect(await report.lastRow()).toMatchObject({
      user: { name: 'Maria Manager' },
      activity: { code: 'user.invited', label: 'Invite user' },
      outcome: 'success',
      comment: `Nora New <${email}>`,
    });
    expect(await details('user.invited')).toEqual({ userId: id, mailId: body.mailId });
    const again = await inviting.nextToken();
    expect(inviting.mailServer.mails[0]!.messageId).toBe(`<${body.mailId}@shop.example>`);
    expect((await inviting.accept(token).expect(422)).body.code).toBe('invitation_invalid');
    await inviting.accept(again).expect(204);
  });

  it('leaves one link that works when several are sent at the same time', async () => {
    const { id } = await inviting.invite(manager, email);
    inviting.mailServer.mails.length = 0;
    const answers = await Promise.all([1, 2, 3].map(() => manager.post(`/v1/users/${id}/invitation`)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await inviting.service.app.get(OutboxJob).deliverDue();
    const tokens = inviting.mailServer.mails.map(({ text }) => tokenIn(text!));
    expect(new Set(tokens).size).toBe(3);
    const statuses = [];
    for (const token of tokens) statuses.push((await inviting.accept(token)).status);
    expect(statuses.sort()).toEqual([204, 422, 422]);
  });

  it('is the way to a new password: the old one, and its sessions, last until it is used', async () => {
    const nora = await inviting.service.newUser(manager, email, 'Nora');
    const token = await inviting.inviteAgain(manager, nora.user.id);
    await tryLogin(PASSWORD).expect(200);
    await nora.get('/v1/auth/me').expect(200);
    await inviting.accept(token, 'quite another password').expect(204);
    await tryLogin(PASSWORD).expect(401);
    expect((await nora.get('/v1/auth/me').expect(401)).body.code).toBe('token_invalid');
    await tryLogin('quite another password').expect(200);
  });

  it('lets a user log in at once who had guessed too often', async () => {
    const nora = await inviting.service.newUser(manager, email, 'Nora');
    for (let failed = 0; failed < 10; failed++) await tryLogin('forgotten').expect(401);
    await tryLogin(PASSWORD).expect(429);
    await inviting.accept(await inviting.inviteAgain(manager, nora.user.id)).expect(204);
    await tryLogin(PASSWORD).expect(200);
  });

  it('is not sent when it cannot be recorded, and no user is made then', async () => {
    const { id } = await inviting.invite(manager, `still.${email}`);
    const rename = (from: string, to: string) =>
      inviting.service.writeSource.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('activities', 'activities_away');
    try {
      await manager.post('/v1/users', buildInvitedUser({ email })).expect(503);
      await manager.post(`/v1/users/${id}/invitation`).expect(503);
    } finally {
      await rename('activities_away', 'activities');
    }
    expect(await inviting.service.app.get(OutboxJob).deliverDue()).toEqual({ sent: 0, failed: 0 });
    await manager.post('/v1/users', buildInvitedUser({ email })).expect(201);
    await inviting.nextToken();
  });

  it('is mailed to nobody else, whatever the name holds that an older version of the service stored', async () => {
    const { id } = await inviting.invite(manager, email);
    const name = 'Nora\r\nBcc: everybody@one.example\r\n\r\nHello';
    await inviting.service.writeSource.getRepository(User).update({ id }, { name });
    await inviting.inviteAgain(manager, id);
    const mail = inviting.mailServer.mails.at(-1);
    expect(mail!.to).toMatchObject([{ address: email }]);
    expect(mail!.bcc ?? []).toEqual([]);
  });

  it('leaves its token in no table once it was sent, and never in a line of the log', async () => {
    const { id, token } = await inviting.invite(manager, email);
    await inviting.accept(token, 'too short').expect(400);
    const another = await inviting.inviteAgain(manager, id);
    await inviting.accept(another).expect(204);
    await inviting.accept(another).expect(422);
    await manager.get(`/v1/users/${id}`).expect(200);
    const tables = inviting.service.writeSource.entityMetadatas.map(({ tableName }) => tableName);
    const dump = JSON.stringify(
      await Promise.all(tables.map((table) => inviting.service.writeSource.query(`SELECT * FROM ${table}`))),
    );
    expect(log.length).toBeGreaterThan(10_000);
    for (const kept of [dump, log]) {
      for (const secret of [token, another, 'uai_']) expect(kept.includes(secret)).toBe(false);
    }
  });

  it('has its token in no log when the mail cannot be queued', async () => {
    const rename = (from: string, to: string) =>
      inviting.service.writeSource.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('outgoing_mails', 'outgoing_mails_away');
    try {
      const { status, text } = await manager.post('/v1/users', buildInvitedUser({ email }));
      expect(status).toBeGreaterThanOrEqual(500);
      expect(text).not.toContain('uai_');
    } finally {
      await rename('outgoing_mails_away', 'outgoing_mails');
    }
    expect(log).toContain('INSERT INTO');
    expect(log.includes('uai_')).toBe(false);
  });
});
