import { PRIVILEGES } from '../../src/access/privileges/privilege';
import { ApiKey } from '../../src/auth/api-keys/api-key.entity';
import { Session } from '../../src/auth/sessions/session.entity';
import { sha256 } from '../../src/lib/sha256';
import { Person } from './person';
import { FIRST_PASSWORD, PASSWORD } from './service';
import type { TestAccount } from './test-account';

const NOT_IN_THE_NETWORK = '203.0.113.0/24';

/** A user or program that sends requests, and what the service should allow it. */
export interface Identity {
  readonly name: string;
  person: Person;
  /** The password of the user, which the user's requests can change. */
  password: string;
  readonly isKey: boolean;
  readonly privileges: readonly string[];
  /** The status and the code with which all operations except for public ones refuse the identity. */
  readonly refusal?: string;
  readonly mustChangePassword?: boolean;
  /** Whether the ids in its requests belong to another account. */
  readonly isForeign?: boolean;
  /** Logs in again, after requests that ended the session or changed the password. */
  renew(): Promise<void>;
}

/** Creates identities of every kind, in one account and in another one that sends the ids of the first account. */
export async function allIdentities(account: TestAccount, other: TestAccount): Promise<Identity[]> {
  const managers = [await allowedUser(account, 'manager', PRIVILEGES), await keyOf(account, 'manager', PRIVILEGES)];
  const single = [];
  for (const privilege of PRIVILEGES) {
    single.push(await allowedUser(account, privilege, [privilege]), await keyOf(account, privilege, [privilege]));
  }
  const foreign = [await allowedUser(other, 'manager', PRIVILEGES), await keyOf(other, 'manager', PRIVILEGES)];
  return [
    ...(await refusedIdentities(account)),
    await allowedUser(account, 'nothing', []),
    await keyWithoutPrivileges(account),
    await userWithFirstPassword(account),
    ...managers,
    ...single,
    ...foreign.map((identity) =>
      Object.assign(identity, { name: `another account's ${identity.name}`, isForeign: true }),
    ),
  ];
}

/** Creates the identities that only public operations allow. */
async function refusedIdentities(account: TestAccount): Promise<Identity[]> {
  const { service } = account;
  const { url } = service;
  const refused = (name: string, token: string | undefined, refusal: string, isKey = false): Identity => ({
    name,
    person: new Person(url, token),
    password: PASSWORD,
    isKey,
    privileges: PRIVILEGES,
    refusal,
    renew: () => Promise.resolve(),
  });

  const expired = await newSession(account, PRIVILEGES);
  const past = new Date(Date.now() - 1000);
  await service.writeSource.manager.update(Session, { tokenHash: sha256(expired.token!) }, { expiresAt: past });
  const ended = await newSession(account, PRIVILEGES);
  await ended.post('/v1/auth/logout').expect(204);

  const disabled = await newSession(account, PRIVILEGES);
  const { token: keyOfDisabled } = await keyMadeBy(disabled, account);
  await account.manager.patch(`/v1/users/${disabled.user.id}`, { status: 'disabled', version: 1 }).expect(200);

  const expiredKey = await account.newKey(PRIVILEGES);
  await service.writeSource.manager.update(ApiKey, { id: expiredKey.id }, { expiresAt: past });
  const revokedKey = await account.newKey(PRIVILEGES);
  await account.manager.delete(`/v1/api-keys/${revokedKey.id}`).expect(204);
  const keyElsewhere = await account.newKey(PRIVILEGES, { networks: [NOT_IN_THE_NETWORK] });

  return [
    refused('no token', undefined, '401 token_missing'),
    refused('malformed token', 'a token of another service', '401 token_malformed'),
    refused('unknown session', `uas_${'x'.repeat(43)}`, '401 token_invalid'),
    refused('unknown key', `uak_${'x'.repeat(43)}`, '401 token_invalid', true),
    refused('expired session', expired.token, '401 token_expired'),
    refused('expired key', expiredKey.token, '401 token_expired', true),
    refused('revoked session', ended.token, '401 token_invalid'),
    refused('revoked key', revokedKey.token, '401 api_key_revoked', true),
    refused("disabled user's session", disabled.token, '401 user_disabled'),
    refused("disabled user's key", keyOfDisabled, '401 user_disabled', true),
    refused('key from another network', keyElsewhere.token, '403 network_not_allowed', true),
  ];
}

async function allowedUser(account: TestAccount, name: string, privileges: readonly string[]): Promise<Identity> {
  const email = account.newEmail();
  const identity: Identity = {
    name: `user: ${name}`,
    person: await newSession(account, privileges, email),
    password: PASSWORD,
    isKey: false,
    privileges,
    renew: async () => {
      identity.person = await account.service.login(email, identity.password);
    },
  };
  return identity;
}

/** Creates a user with all privileges who must change the password first. Each renewal creates another such user. */
async function userWithFirstPassword(account: TestAccount): Promise<Identity> {
  const manages = (await account.newRole(PRIVILEGES)).id;
  const signIn = async () => {
    const { email } = await account.newUser([manages]);
    return account.service.login(email, FIRST_PASSWORD);
  };
  const identity: Identity = {
    name: 'user who must change the password',
    person: await signIn(),
    password: FIRST_PASSWORD,
    isKey: false,
    privileges: PRIVILEGES,
    mustChangePassword: true,
    renew: async () => {
      identity.person = await signIn();
    },
  };
  return identity;
}

async function keyOf(account: TestAccount, name: string, privileges: readonly string[]): Promise<Identity> {
  const { program } = await account.newKey(privileges);
  return key(`key: ${name}`, program, privileges);
}

/** Creates an API key whose creator has lost all of its privileges. */
async function keyWithoutPrivileges(account: TestAccount): Promise<Identity> {
  const maker = await newSession(account, PRIVILEGES);
  const { token } = await keyMadeBy(maker, account);
  await account.manager.patch(`/v1/users/${maker.user.id}`, { roleIds: [], version: 1 }).expect(200);
  return key('key: nothing any more', new Person(account.service.url, token), []);
}

function key(name: string, person: Person, privileges: readonly string[]): Identity {
  return { name, person, password: PASSWORD, isKey: true, privileges, renew: () => Promise.resolve() };
}

async function keyMadeBy(maker: Person, account: TestAccount): Promise<{ readonly token: string }> {
  const request = { name: account.newName('Key'), privileges: PRIVILEGES };
  return (await maker.post('/v1/api-keys', request).expect(201)).body;
}

/** Creates a user who has logged in and chosen a password. */
function newSession(account: TestAccount, privileges: readonly string[], email = account.newEmail()): Promise<Person> {
  return account.service.newUser(account.manager, email, account.newName('User'), [...privileges]);
}
