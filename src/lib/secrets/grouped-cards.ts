import { isCardNumber, MAX_CARD_DIGITS, MIN_CARD_DIGITS } from './card-check';
import type { DigitGroups } from './digit-groups';
import type { Separator, Separators } from './separators';

/** Minimum length of a run of four-digit numbers that counts as a list, unless every four of them are a card number. */
const MIN_LIST_LENGTH = 6;
/**
 * Maximum length of a run of single digits that may contain a card number, its security code and another digit. A
 * longer run is a list, unless it consists of card numbers.
 */
const MAX_SINGLE_DIGITS = 24;

/**
 * Finds card numbers whose groups are separated by more than one space or hyphen: dots, slashes, line breaks, ` - `.
 * Dates, phone numbers and lists use such separators too, so the groups must have the lengths that are usual on cards:
 * 4-4-4-4 and optionally up to three more digits; 4-4-4 and up to three digits; 4-6-5; 4-6-4; 4-3-3-3; single digits.
 */
export class GroupedCards {
  /** The most recent run of groups of four digits with equal separators. */
  private run = { first: 0, end: 0, holdsCards: false };
  /** The most recent run of single digits with equal separators. */
  private singleDigits = { first: 0, last: 0, cardLength: 0 };

  constructor(
    private readonly groups: DigitGroups,
    private readonly separators: Separators,
  ) {}

  /** Returns the last group of the card number that starts at a group, or -1 if none does. */
  findLastGroup(first: number): number {
    const length = this.groups.length(first);
    return length === 4 ? this.findLastOfShape(first) : length === 1 ? this.findLastOfSingleDigits(first) : -1;
  }

  private findLastOfShape(first: number): number {
    const [second, third, fourth, fifth] = [1, 2, 3, 4].map((place) => this.length(first + place));
    const isShort = (length = 0) => length >= 1 && length <= 3;
    if (second === 4 && third === 4) {
      if (fourth === 4) {
        if (isShort(fifth) && this.isCard(first, first + 4)) return first + 4;
        return this.isCard(first, first + 3) && !this.isList(first) ? first + 3 : -1;
      }
      return isShort(fourth) && this.isCard(first, first + 3) ? first + 3 : -1;
    }
    if (second === 6) return (third === 5 || third === 4) && this.isCard(first, first + 2) ? first + 2 : -1;
    return second === 3 && third === 3 && fourth === 3 && this.isCard(first, first + 3) ? first + 3 : -1;
  }

  /** Returns whether groups are a card number and their separators are consistent. */
  private isCard(first: number, last: number): boolean {
    if (!isCardNumber(this.groups, first, this.groups.length(first, last))) return false;
    const [one, two, three] = [first, first + 1, first + 2].map((group) => this.separatorAfter(group));
    for (let group = first; group < last; group++) {
      const separator = this.separatorAfter(group);
      if (!one || separator?.signs !== one.signs) return false;
    }
    // `6123 4567 / 9123 4567` is two numbers, and so are two numbers on two lines.
    return last - first < 3 || one?.all !== three?.all || one?.all === two?.all;
  }

  /** Returns whether four groups of four digits are separate numbers of a list. */
  private isList(first: number): boolean {
    const valueAt = (place: number) => this.groups.value(first + place);
    const values = [valueAt(0), valueAt(1), valueAt(2), valueAt(3)] as const;
    const isAscending = values[0] < values[1] && values[1] < values[2] && values[2] < values[3];
    if (isAscending && values[3] - values[0] < 1000) return true;
    if (values.every((value) => value >= 1000 && value % 10 === 0)) return true;
    if (first >= this.run.end) this.run = this.findRunAround(first);
    const { run } = this;
    return run.end - run.first >= MIN_LIST_LENGTH && (!run.holdsCards || (first - run.first) % 4 !== 0);
  }

  /** Returns the run of groups of four digits with equal separators that contains a group. */
  private findRunAround(group: number) {
    const separator = this.separatorAfter(group);
    const isNext = (next: number) => this.length(next) === 4 && this.separatorAfter(next - 1)?.all === separator?.all;
    let [first, end] = [group, group + 1];
    while (isNext(end)) end++;
    while (first > 0 && isNext(first) && this.length(first - 1) === 4) first--;
    let holdsCards = true;
    for (let card = first; card + 3 < end && holdsCards; card += 4) holdsCards = isCardNumber(this.groups, card, 16);
    return { first, end, holdsCards };
  }

  private findLastOfSingleDigits(first: number): number {
    if (first >= this.singleDigits.last) this.singleDigits = this.findSingleDigits(first);
    const { singleDigits } = this;
    const count = singleDigits.last - singleDigits.first + 1;
    if (singleDigits.cardLength > 0 && (first - singleDigits.first) % singleDigits.cardLength === 0)
      return first + singleDigits.cardLength - 1;
    if (count <= MAX_SINGLE_DIGITS) {
      for (let length = Math.min(singleDigits.last - first + 1, MAX_CARD_DIGITS); length >= MIN_CARD_DIGITS; length--) {
        if (isCardNumber(this.groups, first, length)) return first + length - 1;
      }
    }
    return this.findLastOfMixedDigits(first);
  }

  /**
   * Returns the run of single digits with equal separators that starts at a group, and the length of each card number
   * if the run consists of nothing but card numbers of one length.
   */
  private findSingleDigits(first: number) {
    const separator = this.separatorAfter(first);
    let last = first;
    while (separator && this.length(last + 1) === 1 && this.separatorAfter(last)?.all === separator.all) last++;
    const count = last - first + 1;
    const lengths = count > MAX_SINGLE_DIGITS ? [19, 18, 17, 16, 15, 14, 13] : [];
    const areCards = (length: number) => {
      if (count % length !== 0) return false;
      for (let card = first; card <= last; card += length) if (!isCardNumber(this.groups, card, length)) return false;
      return true;
    };
    return { first, last, cardLength: lengths.find(areCards) ?? 0 };
  }

  /**
   * Returns the last group of a card number of single digits with varying separators, or -1. The run must contain
   * nothing else.
   */
  private findLastOfMixedDigits(first: number): number {
    const isFirst = first === 0 || this.length(first - 1) !== 1 || !this.separatorAfter(first - 1);
    if (!isFirst) return -1;
    let last = first;
    while (last - first < MAX_CARD_DIGITS && this.length(last + 1) === 1 && this.separatorAfter(last)) last++;
    const count = last - first + 1;
    return count >= MIN_CARD_DIGITS && count <= MAX_CARD_DIGITS && isCardNumber(this.groups, first, count) ? last : -1;
  }

  private length(group: number): number {
    return group < this.groups.count ? this.groups.length(group) : 0;
  }

  /** Returns the separator between a group and the next one. */
  private separatorAfter(group: number): Separator | undefined {
    if (group + 1 >= this.groups.count) return undefined;
    return this.separators.between(this.groups.end(group), this.groups.start(group + 1));
  }
}
