/** A card number has 13 to 19 digits (ISO/IEC 7812-1). */
const [SHORTEST, LONGEST] = [13, 19];
/** People write card numbers in groups. A longer one is whole, or it is a time or a counter beside another number. */
const LONGEST_OF_GROUPS = 10;
/**
 * How card numbers of each length begin (the issuers' ranges of ISO/IEC 7812): old Visa has 13 digits; Diners Club 14; American
 * Express, and old JCB, 15; most have 16, national ones that begin with 8 or 9 among them; Maestro, UnionPay and long Visa
 * up to 19. Times in milliseconds, and stamps such as 20260115093000, don't begin so.
 */
const BEGINS: Partial<Record<number, RegExp>> = {
  13: /^4/,
  14: /^3(?:0[0-59]|[689])/,
  15: /^(?:3[47]|1800|2131)/,
  16: /^(?:4|5|6|35|2[2-7]|[89])/,
  17: /^(?:5[06-8]|6)/,
  18: /^(?:5[06-8]|6)/,
  19: /^(?:4|5[06-8]|6)/,
};

/**
 * Masks the card numbers in groups of digits but for their last four. A card number is one or several of the groups, and
 * what stands beside it, such as its expiry, is not.
 */
export function withoutCardNumbers(groups: string): string {
  if (groups.length < SHORTEST) return groups;
  let kept = '';
  let copied = 0;
  for (let start = 0; start < groups.length; start = nextGroup(groups, start)) {
    const card = longestCard(groups, start);
    if (!card) continue;
    kept += `${groups.slice(copied, start)}[masked] ${card.digits.slice(-4)}`;
    copied = card.end;
    start = card.end - 1;
  }
  return kept + groups.slice(copied);
}

/** Where the group after this place begins. */
function nextGroup(groups: string, place: number): number {
  let next = place;
  while (isDigit(groups, next)) next++;
  return next + 1;
}

/** The longest card number that begins with the group at `start`, and where it ends. Looks at no more than 19 digits. */
function longestCard(groups: string, start: number): { digits: string; end: number } | undefined {
  let found: { digits: string; end: number } | undefined;
  let [length, groupLength, longestGroup] = [0, 0, 0];
  // The check digit's sum (ISO/IEC 7812-1, annex B), with every second digit doubled from the first or from the second on.
  let [fromFirst, fromSecond] = [0, 0];
  for (let place = start; place < groups.length && length <= LONGEST; place++) {
    const digit = groups.charCodeAt(place) - ZERO;
    if (digit < 0) {
      groupLength = 0;
      continue;
    }
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    fromFirst += length % 2 === 0 ? doubled : digit;
    fromSecond += length % 2 === 0 ? digit : doubled;
    length++;
    if (++groupLength > longestGroup) longestGroup = groupLength;
    if (longestGroup > LONGEST_OF_GROUPS && groupLength < length) break;
    if (length < SHORTEST || length > LONGEST || isDigit(groups, place + 1)) continue;
    if ((length % 2 === 0 ? fromFirst : fromSecond) % 10 !== 0) continue;
    const digits = groups.slice(start, place + 1).replace(/\D/g, '');
    if (BEGINS[length]?.test(digits)) found = { digits, end: place + 1 };
  }
  return found;
}

const ZERO = 48;

function isDigit(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  return code >= ZERO && code < ZERO + 10;
}
