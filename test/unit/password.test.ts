import { Passwords } from '../../src/access/members/password';

describe('a password', () => {
  const passwords = new Passwords();

  it("is hashed with argon2id at the cost that OWASP's Password Storage Cheat Sheet names first", async () => {
    const hash = await passwords.hash('a password');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.matches('a password', hash)).toBe(true);
    expect(await passwords.matches('another password', hash)).toBe(false);
  });

  it('matches no user who does not exist', async () => {
    expect(await passwords.matches('a password', undefined)).toBe(false);
  });
});
