import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutboxJob } from '../../../src/mail/outbox.job';
import { Service } from '../../support/service';
import { buildInvitedUser } from '../../support/user-requests';

const PRIVATE = { folder: '700', file: '600' };

/** The files and folders in a folder, at any depth, each with its permissions in octal. */
async function modesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const modes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mode & 0o777));
  return Object.fromEntries(
    names.map((name, index) => [name.replace(/[0-9A-Z]{26}/, 'ID'), modes[index]!.toString(8)]),
  );
}

describe('what the service writes', () => {
  let umaskBefore: number;
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'activity-test-'));
    umaskBefore = process.umask(0);
  });
  afterEach(async () => {
    process.umask(umaskBefore);
    await rm(root, { recursive: true, force: true });
  });

  /** Starts the service, has it send a mail, and lists what it has written so far. */
  async function modesAfterInvitation(folder: string): Promise<Record<string, string>> {
    const service = await Service.start({
      DATABASE_URL: `sqlite:${join(folder, 'data', 'activity.db')}`,
      MAIL_OUTBOX_DIR: join(folder, 'mails'),
    });
    try {
      const manager = await service.newManager('manager@one.example');
      const invitation = buildInvitedUser({ email: 'nora@one.example' });
      await manager.post('/v1/users', invitation).expect(201);
      expect(await service.app.get(OutboxJob).deliverDue()).toEqual({ sent: 1, failed: 0 });
      return await modesIn(root);
    } finally {
      await service.stop();
    }
  }

  it.each([
    ['0022', 0o022],
    ['0000', 0o000],
  ])('can be read by its owner alone, folders too, while the umask is %s', async (_, umask) => {
    process.umask(umask);
    expect(await modesAfterInvitation(join(root, 'new', 'var'))).toEqual({
      new: PRIVATE.folder,
      'new/var': PRIVATE.folder,
      'new/var/data': PRIVATE.folder,
      'new/var/data/activity.db': PRIVATE.file,
      'new/var/data/activity.db-shm': PRIVATE.file,
      'new/var/data/activity.db-wal': PRIVATE.file,
      'new/var/mails': PRIVATE.folder,
      'new/var/mails/ID.eml': PRIVATE.file,
    });
  });

  it('leaves folders that exist as they are', async () => {
    for (const name of ['data', 'mails']) {
      await mkdir(join(root, name));
      await chmod(join(root, name), 0o755);
    }
    expect(await modesAfterInvitation(root)).toEqual({
      data: '755',
      'data/activity.db': PRIVATE.file,
      'data/activity.db-shm': PRIVATE.file,
      'data/activity.db-wal': PRIVATE.file,
      mails: '755',
      'mails/ID.eml': PRIVATE.file,
    });
  });
});
