import type * as Argon2 from '@node-rs/argon2';

/**
 * Makes argon2 cheap in end-to-end tests, which log in thousands of times: same algorithm, least memory, one iteration. A
 * hash carries its own cost, so that verifying one is as cheap. `test/unit/password.test.ts` checks the cost in production,
 * and tests that start a process use it.
 */
jest.mock('@node-rs/argon2', () => {
  const argon2 = jest.requireActual<typeof Argon2>('@node-rs/argon2');
  return { ...argon2, hash: (password: string) => argon2.hash(password, { memoryCost: 64, timeCost: 1 }) };
});
