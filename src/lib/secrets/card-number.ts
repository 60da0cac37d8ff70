import { MIN_CARD_DIGITS } from './card-check';
import { countDigits, DigitGroups } from './digit-groups';
import { GroupedCards } from './grouped-cards';
import { PlainCards } from './plain-cards';
import type { Range } from './ranges';
import { Separators } from './separators';

/** A card number in a text. */
export interface CardNumber extends Range {
  readonly lastFour: string;
}

/**
 * The card numbers in a text of ASCII digits, as far as a check digit and the beginning of the number tell. A card number is
 * one or several groups of digits, and what stands beside it, such as its expiry, is not. Takes time in proportion to the text.
 */
export function* findCardNumbers(text: string): Generator<CardNumber, void> {
  if (countDigits(text) < MIN_CARD_DIGITS) return;
  const groups = new DigitGroups(text);
  const plain = new PlainCards(groups);
  const grouped = new GroupedCards(groups, new Separators(text));
  for (let first = 0; first < groups.count; first++) {
    const last = Math.max(plain.findLastGroup(first), grouped.findLastGroup(first));
    if (last < first || areTimesOfDay(groups, first, last)) continue;
    yield { start: groups.start(first), end: groups.end(last), lastFour: groups.lastFour(last) };
    first = last;
  }
}

/**
 * Whether groups are four times of day, such as `2230-2315 2345-0015`. With the same space or hyphen between all of them they are
 * rather a card number, as some of Mastercard's begin so.
 */
function areTimesOfDay(groups: DigitGroups, first: number, last: number): boolean {
  if (last - first !== 3) return false;
  const [one, two, three] = [first, first + 1, first + 2].map((group) =>
    groups.text.slice(groups.end(group), groups.start(group + 1)),
  );
  if ((one === ' ' || one === '-') && one === two && two === three) return false;
  return [first, first + 1, first + 2, last].every(
    (group) => groups.length(group) === 4 && groups.value(group) < 2400 && groups.value(group) % 100 < 60,
  );
}
