import { isCardNumber, MAX_CARD_DIGITS, MIN_CARD_DIGITS } from './card-check';
import type { DigitGroups } from './digit-groups';

/**
 * Maximum length of a group within a card number. A longer group is a whole card number, or a timestamp or counter next
 * to another number.
 */
const MAX_GROUP_DIGITS = 10;
const [SPACE, HYPHEN] = [' ', '-'].map((character) => character.charCodeAt(0));

/**
 * Finds card numbers that are one group of digits, or groups of any lengths with a single space or hyphen between them.
 */
export class PlainCards {
  /** End, exclusive, of the joined groups that contain the group of the most recent call. */
  private endOfJoined = 0;
  /** First group at which a number that starts at the group of the most recent call has enough digits. */
  private firstLongEnough = 0;

  constructor(private readonly groups: DigitGroups) {}

  /**
   * Returns the last group of the longest card number that starts at a group, or -1. Groups must be passed in ascending
   * order.
   */
  findLastGroup(first: number): number {
    const { groups } = this;
    if (first >= this.endOfJoined) this.endOfJoined = this.findEndOfJoined(first);
    let last = Math.max(this.firstLongEnough, first);
    while (last < this.endOfJoined && groups.length(first, last) < MIN_CARD_DIGITS) last++;
    this.firstLongEnough = last;
    let lastOfCard = -1;
    for (; last < this.endOfJoined; last++) {
      const length = groups.length(first, last);
      if (length > MAX_CARD_DIGITS) break;
      if (isCardNumber(groups, first, length)) lastOfCard = last;
    }
    return lastOfCard;
  }

  private findEndOfJoined(first: number): number {
    const { groups } = this;
    let end = first + 1;
    if (groups.length(first) > MAX_GROUP_DIGITS) return end;
    while (end < groups.count && groups.length(end) <= MAX_GROUP_DIGITS && this.isJoined(end)) end++;
    return end;
  }

  /** Returns whether a single space or hyphen separates a group from the previous one. */
  private isJoined(group: number): boolean {
    const end = this.groups.end(group - 1);
    const separator = this.groups.text.charCodeAt(end);
    return this.groups.start(group) === end + 1 && (separator === SPACE || separator === HYPHEN);
  }
}
