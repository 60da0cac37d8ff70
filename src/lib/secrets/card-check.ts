import type { DigitGroups } from './digit-groups';

/** A card number has 13 to 19 digits (ISO/IEC 7812-1). */
export const [MIN_CARD_DIGITS, MAX_CARD_DIGITS] = [13, 19] as const;

/** Whether the first digits from a group on can be a card number: its issuer's beginning, and its check digit. */
export function isCardNumber(groups: DigitGroups, group: number, length: number): boolean {
  return groups.hasValidChecksum(group, length) && hasIssuerPrefix(groups, group, length);
}

/**
 * How card numbers of each length begin (the issuers' ranges of ISO/IEC 7812): old Visa has 13 digits; Diners Club 14; American
 * Express, and old JCB, 15; most have 16, national ones that begin with 8 or 9 among them; Maestro, UnionPay and long Visa
 * up to 19. Times in milliseconds, and stamps such as 20260115093000, don't begin so.
 */
function hasIssuerPrefix(groups: DigitGroups, group: number, length: number): boolean {
  const first = groups.digit(group, 0);
  const second = groups.digit(group, 1);
  const third = groups.digit(group, 2);
  switch (length) {
    case 13:
      return first === 4;
    case 14:
      return first === 3 && (second === 6 || second >= 8 || (second === 0 && (third < 6 || third === 9)));
    case 15: {
      const fourth = groups.digit(group, 3);
      const begin = first * 1000 + second * 100 + third * 10 + fourth;
      return (first === 3 && (second === 4 || second === 7)) || begin === 1800 || begin === 2131;
    }
    case 16:
      return (
        (first >= 4 && first !== 7) || (first === 3 && second === 5) || (first === 2 && second >= 2 && second <= 7)
      );
    default:
      return (
        first === 6 || (first === 5 && (second === 0 || (second >= 6 && second <= 8))) || (first === 4 && length === 19)
      );
  }
}
