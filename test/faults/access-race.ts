import { Person } from '../support/person';
import { runCli } from './shop';

const ROUNDS = 12;
const FIRST = 'first@access.example';
const SECOND = 'second@access.example';
const PASSWORD = 'a password for managers';

/** The two managers of an account, who can log in at any service. */
interface Managers {
  readonly login: (email: string, url: string) => Promise<Person>;
  readonly firstId: string;
  readonly secondId: string;
}

/**
 * Makes the only two managers of an account disable each other at the same time through two services, in several
 * rounds.
 * @param urls of two services
 * @returns the number of rounds, and of those after which nobody could manage access
 */
export async function disableEachOther(
  settings: Record<string, string>,
  [urlA, urlB]: readonly [string, string],
): Promise<{ readonly rounds: number; readonly lockedOut: number }> {
  const { login, firstId, secondId } = await makeManagers(settings, urlA);
  for (let round = 1; round <= ROUNDS; round++) {
    const [first, second] = [await login(FIRST, urlA), await login(SECOND, urlB)];
    const answers = await Promise.all([setStatus(first, secondId, 'disabled'), setStatus(second, firstId, 'disabled')]);
    const [firstDid, secondDid] = answers.map((status) => status === 200);
    if (firstDid && secondDid) return { rounds: round, lockedOut: 1 };
    if (firstDid) await setStatus(first, secondId, 'active');
    if (secondDid) await setStatus(second, firstId, 'active');
  }
  return { rounds: ROUNDS, lockedOut: 0 };
}

async function makeManagers(settings: Record<string, string>, url: string): Promise<Managers> {
  const options = ['--name', 'Access', '--time-zone', 'UTC', '--email', FIRST, '--manager-name', 'First'];
  const output = await runCli(['create-account', ...options], settings);
  const passwords = new Map([
    [FIRST, /^ {2}(\S+)$/m.exec(output)![1]!],
    [SECOND, PASSWORD],
  ]);
  const login = async (email: string, at: string): Promise<Person> => {
    const { body } = await new Person(at).post('/v1/auth/login', { email, password: passwords.get(email) }).expect(200);
    return new Person(at, body.token, body.user);
  };
  const first = await login(FIRST, url);
  const { body: roles } = await first.get('/v1/roles').expect(200);
  const user = { email: SECOND, name: 'Second', password: `${PASSWORD} at first`, roleIds: [roles.data[0].id] };
  const { body: second } = await first.post('/v1/users', user).expect(201);
  passwords.set(SECOND, user.password);
  const change = { currentPassword: user.password, newPassword: PASSWORD };
  await (await login(SECOND, url)).post('/v1/auth/password', change).expect(204);
  passwords.set(SECOND, PASSWORD);
  return { login, firstId: first.user.id, secondId: second.id };
}

async function setStatus(manager: Person, id: string, status: 'active' | 'disabled'): Promise<number> {
  const { body: user } = await manager.get(`/v1/users/${id}`).expect(200);
  return (await manager.patch(`/v1/users/${id}`, { status, version: user.version })).status;
}
