import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../support/command';
import { Person } from '../support/person';
import { ServiceProcess } from '../support/process';

const MANAGER = 'manager@one.example';
const ACCOUNT = [
  '--name',
  'Merchant',
  '--time-zone',
  'Europe/Bucharest',
  '--email',
  MANAGER,
  '--manager-name',
  'Maria',
];
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

  /** Creates an account, invites a user, sends the mail, and lists what was written while the service was running. */
  async function modesAfterInvitation(folder: string): Promise<Record<string, string>> {
    const settings = {
      DATABASE_URL: `sqlite:${join(folder, 'data', 'activity.db')}`,
      MAIL_OUTBOX_DIR: join(folder, 'mails'),
      SCHEDULE_JOBS: 'false',
    };
    await runCommand('migrate', settings);
    const printed = await runCommand('create-account', settings, ACCOUNT);
    const password = /^ {2}(\S{20})$/m.exec(printed)?.[1];
    const service = await ServiceProcess.start(settings);
    try {
      const login = await new Person(service.url).post('/v1/auth/login', { email: MANAGER, password }).expect(200);
      const invitation = { email: 'nora@one.example', name: 'Nora New', roleIds: [] };
      await new Person(service.url, login.body.token).post('/v1/users', invitation).expect(201);
      await runCommand('run-jobs', settings);
      return await modesIn(root);
    } finally {
      await service.kill();
    }
  }

  it.each([
    ['0022', 0o022],
    ['0000', 0o000],
  ])('can be read by its owner alone, folders too, while the umask is %s', async (_, umask) => {
    process.umask(umask); // the processes inherit it
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
