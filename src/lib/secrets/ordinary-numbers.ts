import { isIPv6 } from 'node:net';
import { findIbans } from './iban';
import { crossOut, crossOutRanges } from './ranges';

/** Matches UUIDs and hexadecimal hashes, which may contain long runs of digits. */
const ID =
  /(?<![0-9a-z])([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|(?=\d*[a-f])[0-9a-f]{24,128})(?![0-9a-z])/gi;
const IP_ADDRESS = /(?<![0-9a-z:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![0-9a-z:])/gi;

const YEAR = '(?:19|20)\\d\\d';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const [MONTH_2, DAY_2] = ['(?:0[1-9]|1[0-2])', '(?:0[1-9]|[12]\\d|3[01])'];
/** Matches dates with spaces, hyphens or nothing between their parts; several in a row look like one long number. */
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
/** Three groups of two digits: a date or a time of day. */
const PAIRS = `(?:${[
  `${DAY_2}-${MONTH_2}-\\d\\d`,
  `${MONTH_2}-${DAY_2}-\\d\\d`,
  `\\d\\d-${MONTH_2}-${DAY_2}`,
  '[01]\\d-[0-5]\\d-[0-5]\\d',
  '2[0-3]-[0-5]\\d-[0-5]\\d',
].join('|')})`;
/**
 * A time of day without separators, if it is followed by the next date or by no digit; other digits may belong to a
 * card number.
 */
const TIME = `(?:[ -](?:[01]\\d|2[0-3])[0-5]\\d(?:[0-5]\\d)?(?=[ -]${PAIRS}|(?!\\d|[ -]\\d)))`;
/** Matches shorter dates and times, unless a hyphen connects them to other digits. */
const SHORT_DATE = new RegExp(
  `(?<![\\d-])(?:${PAIRS}${TIME}?(?:[ -]${PAIRS}${TIME}?)*|${YEAR}-[0-3]\\d\\d|${MONTH}-${YEAR})(?!\\d|-\\d)`,
  'g',
);
/**
 * Matches a phone number with its country code, of at most 14 digits; no country has longer ones that start like a card
 * number.
 */
const PHONE = /(?<![\p{L}\p{N}+])(?:\+|(?<!\d[ -])00[ -])[1-9](?:[ ./()-]{0,3}\d){6,13}(?![ -]?\d)/gu;
/** Matches a tracking number of the United States Postal Service, whose last digit is a check digit. */
const PARCEL = /(?<!\d[ -]?)9[1-5]\d\d(?: \d{4}){4} \d\d(?! ?\d)/g;
/** Matches a sort code and account number, as used by banks in the United Kingdom. */
const SORT_CODE = /(?<![\d-])\d\d-\d\d-\d\d \d{8}(?![ -]?\d)/g;

/**
 * Replaces each character of numbers that are not card numbers with `x`: UUIDs, hashes, IPv6 addresses, IBANs, dates,
 * phone numbers, account numbers, tracking numbers. The text keeps its length.
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

/** Returns whether the check digit is valid (GS1): digits are weighted 3 and 1 in turn, from right to left. */
function hasValidParcelChecksum(parcel: string): boolean {
  const digits = Array.from(parcel.replace(/\D/g, ''), Number).reverse();
  return digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 1 ? 3 : 1), 0) % 10 === 0;
}
