import { tooManyAttempts } from '../../src/auth/login/too-many-attempts';
import { inQuery } from '../../src/http/problems/request-field';
import { summaryTooLarge } from '../../src/reports/users-activity/summary/summary-bounds';

describe('seconds in the details of problems', () => {
  it.each([
    [1, '1 second'],
    [2, '2 seconds'],
    [10, '10 seconds'],
  ])('are a singular or a plural: %s', (seconds, words) => {
    const limit = { name: 'login-address', by: 'addressKey', failures: 10, windowMs: 1000 } as const;
    const { detail } = tooManyAttempts([{ limit, seconds, isMomentary: false }], [limit]);
    expect(detail).toBe(`Too many wrong passwords. Wait ${words} before you try again.`);
    expect(summaryTooLarge(seconds, 1, 0, inQuery('from')).detail).toContain(`took longer than ${words}. `);
  });
});
