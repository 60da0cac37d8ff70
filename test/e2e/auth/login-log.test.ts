import { sha256 } from '../../../src/lib/sha256';
import { PASSWORD } from '../../support/service';
import { useService } from '../../support/use-service';

describe('the log of failed logins', () => {
  const service = useService({ LOG_LEVEL: 'trace' }, { logTo: { write: (line: string) => void (log += line) } });
  let log = '';

  beforeAll(async () => {
    await service.newManager('manager@one.example');
  });
  beforeEach(() => (log = ''));

  it.each([
    ['a password in the place of the e-mail', 'seven quiet otters', 'manager@one.example'],
    ['an e-mail that nobody has', 'nobody-at-all@one.example', PASSWORD],
    ['an e-mail that somebody has', 'manager@one.example', 'not the password'],
  ])('has the request, but not what was typed: %s', async (_, email, password) => {
    const { body } = await service.nobody.post('/v1/auth/login', { email, password }).expect(401);
    expect(log).toContain(body.requestId);
    // A hash without a key is no better: whoever has the log can try e-mails until one fits.
    for (const typed of [email, email.split('@')[0]!, password, sha256(email)]) expect(log).not.toContain(typed);
  });
});
