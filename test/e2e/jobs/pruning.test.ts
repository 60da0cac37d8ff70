import type { ObjectLiteral } from 'typeorm';
import { ulid } from 'ulid';
import { ExpiredInvitationsJob } from '../../../src/auth/invitations/expired-invitations.job';
import { Invitation } from '../../../src/auth/invitations/invitation.entity';
import { ExpiredSessionsJob } from '../../../src/auth/sessions/expired-sessions.job';
import { Session } from '../../../src/auth/sessions/session.entity';
import { Config } from '../../../src/config/config';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { IdempotencyKey } from '../../../src/idempotency/idempotency-key.entity';
import { OldIdempotencyKeysJob } from '../../../src/idempotency/old-idempotency-keys.job';
import { PRUNING_BATCH_SIZE } from '../../../src/jobs/pruning-job';
import { sha256 } from '../../../src/lib/sha256';
import { OldMailsJob } from '../../../src/mail/old-mails.job';
import { OutgoingMail, type MailStatus } from '../../../src/mail/outgoing-mail.entity';
import { runCommand } from '../../support/command';
import { onServer } from '../../support/database';
import type { Person } from '../../support/person';
import { Service } from '../../support/service';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const DAY = 24 * 60 * 60_000;
const NOW = Date.parse('2026-06-15T12:00:00.000Z');
const daysAgo = (days: number, milliseconds = 0) => new Date(NOW - days * DAY - milliseconds);

describe('pruning', () => {
  const service = useService();
  const manager = useManager(service);

  beforeEach(() => {
    service.setTime(new Date(NOW));
  });
  afterEach(() => jest.restoreAllMocks());

  const rows = <Row extends ObjectLiteral>(entity: new () => Row) => service.writeSource.getRepository(entity);
  const insert = async <Row extends ObjectLiteral>(entity: new () => Row, all: readonly Row[]) => {
    for (let start = 0; start < all.length; start += 100) await rows(entity).insert(all.slice(start, start + 100));
  };
  const key = (createdAt: Date, name = ulid()): IdempotencyKey => ({
    accountId: manager.user.account.id,
    keyHash: sha256(name),
    bodyHash: sha256('body'),
    response: { json: '{}' },
    createdAt,
  });
  const mail = (status: MailStatus, createdAt: Date): OutgoingMail => ({
    id: ulid(),
    accountId: manager.user.account.id,
    recipient: 'sara@shopper.example',
    subject: 'Your order',
    text: 'Thank you.',
    html: null,
    attachments: [],
    status,
    tries: 1,
    nextTryAt: createdAt,
    claimedBy: null,
    createdAt,
  });
  const session = (expiresAt: Date): Session => ({
    tokenHash: sha256(ulid()),
    id: ulid(),
    userId: manager.user.id,
    createdAt: daysAgo(90),
    expiresAt,
    ipAddress: null,
    userAgent: null,
  });
  const invitation = (expiresAt: Date): Invitation => ({
    tokenHash: sha256(ulid()),
    userId: manager.user.id,
    email: 'manager@one.example',
    createdAt: daysAgo(90),
    expiresAt,
  });

  it('deletes idempotency keys that are older than seven days', async () => {
    const kept = [key(daysAgo(7)), key(daysAgo(0))];
    await insert(IdempotencyKey, [...kept, key(daysAgo(7, 1)), key(daysAgo(400))]);
    expect(await service.app.get(OldIdempotencyKeysJob).prune()).toBe(2);
    expect((await rows(IdempotencyKey).find()).map(({ keyHash }) => keyHash).sort()).toEqual(
      kept.map(({ keyHash }) => keyHash).sort(),
    );
    await rows(IdempotencyKey).clear();
  });

  it('deletes mails that were sent or given up after thirty days, and never one that waits', async () => {
    const kept = [mail('sent', daysAgo(30)), mail('failed', daysAgo(30)), mail('waiting', daysAgo(400))];
    await insert(OutgoingMail, [...kept, mail('sent', daysAgo(30, 1)), mail('failed', daysAgo(30, 1))]);
    expect(await service.app.get(OldMailsJob).prune()).toBe(2);
    expect((await rows(OutgoingMail).find()).map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
    await rows(OutgoingMail).clear();
  });

  it('keeps mails for as long as the setting says', async () => {
    const other = await Service.start({ MAIL_RETENTION_DAYS: '3' });
    try {
      const { user } = await other.newManager('manager@one.example');
      const accountId = user.account.id;
      const mails = [mail('sent', daysAgo(3)), mail('sent', daysAgo(3, 1))].map((row) => ({ ...row, accountId }));
      await other.writeSource.getRepository(OutgoingMail).insert(mails);
      other.setTime(new Date(NOW));
      expect(await other.app.get(OldMailsJob).prune()).toBe(1);
    } finally {
      await other.stop();
    }
  });

  it('deletes sessions a day after they expired; until then their token is answered as expired', async () => {
    service.setTime('2026-06-01T00:00:00Z');
    const { token } = await service.login('manager@one.example');
    const holder = new (manager.constructor as typeof Person)(service.url, token);
    const code = async () => (await holder.get('/v1/auth/me').expect(401)).body.code;
    const prune = () => service.app.get(ExpiredSessionsJob).prune();
    service.setTime('2026-06-02T12:00:00.000Z');
    expect([await prune(), await code()]).toEqual([0, 'token_expired']);
    service.setTime('2026-06-02T12:00:00.001Z');
    expect([await prune(), await code()]).toEqual([1, 'token_invalid']);
    jest.restoreAllMocks();
    await manager.get('/v1/auth/me').expect(200);
  });

  it('deletes invitations thirty days after they expired', async () => {
    const kept = [invitation(daysAgo(30)), invitation(daysAgo(-3))];
    await insert(Invitation, [...kept, invitation(daysAgo(30, 1))]);
    expect(await service.app.get(ExpiredInvitationsJob).prune()).toBe(1);
    expect(await rows(Invitation).count()).toBe(2);
    await rows(Invitation).clear();
  });

  it('deletes many rows in batches, each once, by several runners at the same time', async () => {
    const many = PRUNING_BATCH_SIZE * 3 + 1;
    await insert(IdempotencyKey, [key(daysAgo(0)), ...Array.from({ length: many }, () => key(daysAgo(8)))]);
    const job = service.app.get(OldIdempotencyKeysJob);
    const counts = await Promise.all([job.prune(), job.prune(), job.prune()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(many);
    expect(await rows(IdempotencyKey).count()).toBe(1);

    const runs = jest.spyOn(service.app.get(UnitOfWork), 'run');
    await insert(IdempotencyKey, Array.from({ length: PRUNING_BATCH_SIZE * 2 + 1 }, () => key(daysAgo(8)))); // prettier-ignore
    expect(await job.prune()).toBe(PRUNING_BATCH_SIZE * 2 + 1);
    expect(runs).toHaveBeenCalledTimes(3);
    await rows(IdempotencyKey).clear();
  });

  if (onServer) {
    it('passes over a row that a request has locked', async () => {
      await insert(IdempotencyKey, [key(daysAgo(8), 'locked'), key(daysAgo(8), 'free')]);
      const deleted = await service.writeSource.transaction(async (holder) => {
        const locked = { keyHash: sha256('locked') };
        await holder.findOneOrFail(IdempotencyKey, { where: locked, lock: { mode: 'pessimistic_write' } });
        return service.app.get(OldIdempotencyKeysJob).prune();
      });
      expect(deleted).toBe(1);
      expect(await service.app.get(OldIdempotencyKeysJob).prune()).toBe(1);
    });
  }

  it('is done by run-jobs, in two processes at once, which print what they deleted', async () => {
    jest.restoreAllMocks();
    const old = new Date(Date.now() - 60 * DAY);
    await insert(IdempotencyKey, Array.from({ length: 150 }, () => key(old))); // prettier-ignore
    await insert(OutgoingMail, [mail('sent', old), mail('failed', old)]);
    await insert(Session, Array.from({ length: 3 }, () => session(old))); // prettier-ignore
    await insert(Invitation, [invitation(old)]);
    const { DATABASE_URL } = service.app.get(Config);
    const runs = Array.from({ length: onServer ? 2 : 1 }, () => runCommand('run-jobs', { DATABASE_URL }));
    const printed = (await Promise.all(runs)).map((line) => JSON.parse(line).pruned as Record<string, number>);
    const sum = (name: string) => printed.reduce((total, pruned) => total + pruned[name]!, 0);
    expect(['idempotencyKeys', 'mails', 'sessions', 'invitations'].map(sum)).toEqual([150, 2, 3, 1]);
    await manager.get('/v1/auth/me').expect(200);
  });
});
