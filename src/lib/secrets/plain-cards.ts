import { isCardNumber, MAX_CARD_DIGITS, MIN_CARD_DIGITS } from './card-check';
import type { DigitGroups } from './digit-groups';

/** People write card numbers in groups. A longer one is whole, or it is a time or a counter beside another number. */
const MAX_GROUP_DIGITS = 10;
const [SPACE, HYPHEN] = [' ', '-'].map((character) => character.charCodeAt(0));

/** Card numbers that are one group of digits, or groups of any lengths with a single space or hyphen between each two. */
export class PlainCards {
  /** The end of the groups that are joined to the one that was asked for last, exclusive. */
  private endOfJoined = 0;
  /** The first group at which a number that begins with the group asked for last is long enough. */
  private firstLongEnough = 0;

  constructor(private readonly groups: DigitGroups) {}

  /** The last group of the longest card number that begins with a group, or -1; to be asked in the order of the text. */
  findLastGroup(first: number): number {
    const { groups } = this;
    if (first >= this.endOfJoined) this.endOfJoined = this.findEndOfJoined(first);
    let last = Math.max(this.firstLongEnough, first);
    while (last < this.endOfJoined && groups.length(first, last) < MIN_CARD_DIGITS) last++;
    this.firstLongEnough = last;
    let found = -1;
    for (; last < this.endOfJoined; last++) {
      const length = groups.length(first, last);
      if (length > MAX_CARD_DIGITS) break;
      if (isCardNumber(groups, first, length)) found = last;
    }
    return found;
  }

  private findEndOfJoined(first: number): number {
    const { groups } = this;
    let end = first + 1;
    if (groups.length(first) > MAX_GROUP_DIGITS) return end;
    while (end < groups.count && groups.length(end) <= MAX_GROUP_DIGITS && this.isJoined(end)) end++;
    return end;
  }

  /** Whether a group has a single space or hyphen between it and the group before it. */
  private isJoined(group: number): boolean {
    const end = this.groups.end(group - 1);
    const separator = this.groups.text.charCodeAt(end);
    return this.groups.start(group) === end + 1 && (separator === SPACE || separator === HYPHEN);
  }
}
