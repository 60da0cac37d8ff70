import type { DigitGroups } from './digit-groups';

/** Minimum and maximum number of digits of a card number (ISO/IEC 7812-1). */
export const [MIN_CARD_DIGITS, MAX_CARD_DIGITS] = [13, 19] as const;

/**
 * Returns whether the `length` digits from the start of a group have the prefix of a card issuer and a valid check
 * digit.
 */
export function isCardNumber(groups: DigitGroups, group: number, length: number): boolean {
  return groups.hasValidChecksum(group, length) && hasIssuerPrefix(groups, group, length);
}

/**
 * Returns whether digits start with an issuer's prefix (ISO/IEC 7812) for their length: 13 digits are old Visa; 14
 * Diners Club; 15 American Express and old JCB; 16 most cards, including national ones that start with 8 or 9; up to 19
 * Maestro, UnionPay and long Visa. Timestamps in milliseconds, or such as 20260115093000, have no such prefix.
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
      const prefix = first * 1000 + second * 100 + third * 10 + fourth;
      return (first === 3 && (second === 4 || second === 7)) || prefix === 1800 || prefix === 2131;
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
