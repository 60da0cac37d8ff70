import { randomInt } from 'node:crypto';

/** The letters without I and O, which look like 1 and 0. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';

/**
 * Creates a random reference such as `ABCD1234EF`. There are 24⁶ × 10⁴ possible references, so a duplicate is very
 * unlikely. The unique index of the table rejects it.
 */
export function createSubscriptionReference(): string {
  return [LETTERS, LETTERS, LETTERS, LETTERS, DIGITS, DIGITS, DIGITS, DIGITS, LETTERS, LETTERS]
    .map((characters) => characters.charAt(randomInt(characters.length)))
    .join('');
}
