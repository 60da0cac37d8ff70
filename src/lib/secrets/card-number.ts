import { MIN_CARD_DIGITS } from './card-check';
import { countDigits, DigitGroups } from './digit-groups';
import { GroupedCards } from './grouped-cards';
import { PlainCards } from './plain-cards';
import type { Range } from './ranges';
import { Separators } from './separators';

/** The position of a card number in a text, and its last four digits. */
export interface CardNumber extends Range {
  readonly lastFour: string;
}

/**
 * Finds card numbers by issuer prefix and check digit, in text whose digits are ASCII. A card number is one or more
 * groups of digits; neighbors such as an expiry date are excluded. Runs in linear time.
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
 * Returns whether four groups of digits are times of day, such as `2230-2315 2345-0015`. If the same space or hyphen
 * separates all of them, they are more likely a card number, because some Mastercard numbers look like times.
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
