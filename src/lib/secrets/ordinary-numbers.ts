import { isIPv6 } from 'node:net';
import { findIbans } from './iban';
import { crossOut, crossOutRanges } from './ranges';

/** A random id or a hash is no card number, however many of its digits are in a row. */
const ID =
  /(?<![0-9a-z])([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|(?=\d*[a-f])[0-9a-f]{24,128})(?![0-9a-z])/gi;
const IP_ADDRESS = /(?<![0-9a-z:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![0-9a-z:])/gi;

const YEAR = '(?:19|20)\\d\\d';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const [MONTH_2, DAY_2] = ['(?:0[1-9]|1[0-2])', '(?:0[1-9]|[12]\\d|3[01])'];
/** Dates whose parts have nothing but a space or a hyphen between them, so that several in a row look like one long number. */
const DATE = new RegExp(
  `(?<!\\d)(?:${[
    `${YEAR}([ -])${MONTH}\\1${DAY}`,
    `${DAY}([ -])${MONTH}\\2${YEAR}`,
    `${MONTH}([ -])${DAY}\\3${YEAR}`,
    `${YEAR}${MONTH_2}${DAY_2}`,
    `${DAY_2}${MONTH_2}${YEAR}`,
    `${MONTH_2}${DAY_2}${YEAR}`,
  ].join('|')})(?!\\d)`,
  'g',
);
/** Three times two digits: a date or a time of day. */
const PAIRS = `(?:${[
  `${DAY_2}-${MONTH_2}-\\d\\d`,
  `${MONTH_2}-${DAY_2}-\\d\\d`,
  `\\d\\d-${MONTH_2}-${DAY_2}`,
  '[01]\\d-[0-5]\\d-[0-5]\\d',
  '2[0-3]-[0-5]\\d-[0-5]\\d',
].join('|')})`;
/** A time of day without separators, at the end or before the next date: other digits may be a card's. */
const TIME = `(?:[ -](?:[01]\\d|2[0-3])[0-5]\\d(?:[0-5]\\d)?(?=[ -]${PAIRS}|(?!\\d|[ -]\\d)))`;
/** Dates and times of fewer digits, which are none where other digits go on with a hyphen. */
const SHORT_DATE = new RegExp(
  `(?<![\\d-])(?:${PAIRS}${TIME}?(?:[ -]${PAIRS}${TIME}?)*|${YEAR}-[0-3]\\d\\d|${MONTH}-${YEAR})(?!\\d|-\\d)`,
  'g',
);
/** A phone number with its country's code, of at most 14 digits; no country has longer ones that begin like a card. */
const PHONE = /(?<![\p{L}\p{N}+])(?:\+|(?<!\d[ -])00[ -])[1-9](?:[ ./()-]{0,3}\d){6,13}(?![ -]?\d)/gu;
/** A parcel of the United States' post; its last digit is a check digit. */
const PARCEL = /(?<!\d[ -]?)9[1-5]\d\d(?: \d{4}){4} \d\d(?! ?\d)/g;
/** A bank's sort code and an account there, as in the United Kingdom. */
const SORT_CODE = /(?<![\d-])\d\d-\d\d-\d\d \d{8}(?![ -]?\d)/g;

/**
 * A text without the numbers that are something else than a card's, each letter and digit of theirs being an `x`: random ids,
 * hashes, IPv6 addresses, bank accounts, dates, phone numbers, parcels. They have the same places as before.
 */
export function crossOutOrdinaryNumbers(text: string): string {
  return crossOutRanges(text, findIbans(text))
    .replace(ID, crossOut)
    .replace(IP_ADDRESS, (address) => (isIPv6(address) ? crossOut(address) : address))
    .replace(PHONE, crossOut)
    .replace(SHORT_DATE, crossOut)
    .replace(DATE, crossOut)
    .replace(SORT_CODE, crossOut)
    .replace(PARCEL, (parcel) => (hasValidParcelChecksum(parcel) ? crossOut(parcel) : parcel));
}

/** GS1's check digit: the digits before it count three times and once in turn, from the last one on. */
function hasValidParcelChecksum(parcel: string): boolean {
  const digits = Array.from(parcel.replace(/\D/g, ''), Number).reverse();
  return digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 1 ? 3 : 1), 0) % 10 === 0;
}
