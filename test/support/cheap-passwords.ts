// An import of ES modules would be a read-only view, and this file replaces a function.
// eslint-disable-next-line @typescript-eslint/no-require-imports
import argon2 = require('@node-rs/argon2');

/**
 * Makes argon2 cheap in end-to-end tests, which log in thousands of times: same algorithm, least memory, one iteration. A
 * hash carries its own cost, so that verifying one is as cheap. `test/unit/password.test.ts` checks the cost in production,
 * and tests that start a process use it.
 */
const { hash } = argon2;
Object.assign(argon2, { hash: (password: string) => hash(password, { memoryCost: 64, timeCost: 1 }) });

afterAll(() => {
  Object.assign(argon2, { hash });
});
