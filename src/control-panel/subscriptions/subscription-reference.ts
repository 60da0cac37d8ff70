import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';

/**
 * Creates a random reference such as `ABCD1234EF`. There are 24⁶ × 10⁴ of them, so that duplicates are very unlikely;
 * the unique index refuses them.
 */
export function createSubscriptionReference(): string {
  return [LETTERS, LETTERS, LETTERS, LETTERS, DIGITS, DIGITS, DIGITS, DIGITS, LETTERS, LETTERS]
    .map((characters) => characters.charAt(randomInt(characters.length)))
    .join('');
}
