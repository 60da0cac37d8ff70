import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** A new reference such as `ABCD1234EF`: 24⁶ × 10⁴ of them, so that two alike are refused by the key before they are likely. */
export function newSubscriptionReference(): string {
  return [LETTERS, LETTERS, LETTERS, LETTERS, DIGITS, DIGITS, DIGITS, DIGITS, LETTERS, LETTERS]
    .map((characters) => characters.charAt(randomInt(characters.length)))
    .join('');
}
