import type { SeededRandom } from '../../../src/lib/seeded-random';
import { WeightedChoice } from './weighted-choice';

/** Users of each account. */
const USERS = 200;
/** The share of the interval in which users work who left early, and the one in which users work who came late. */
const EDGE = 0.1;

/** When a user is active. */
type Period = 'always' | 'beginning' | 'end';

/** A user of a generated account. */
export interface BenchUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly period: Period;
}

const FIRST_NAMES = ['Ana', 'Zoë', 'John', 'Siobhán', '小龍', 'Мария', 'Jean-Luc', 'Ngọc', 'Bob "Bobby"', 'Dwayne'];
const LAST_NAMES = ['Popescu', "O'Brien", 'Müller, Jr.', 'da Silva', '李', 'Иванова', 'Smith; Jones', 'Ødegård'];
/** Names that a spreadsheet would take for a formula, or that end early if quotes are not escaped. */
const ODD_NAMES = ['=HYPERLINK("x")', '+40 Support', '@night-shift', 'Robot 🤖', '"', '-'];

/** Returns the users of an account, the most active first. A tenth left early, and a tenth came late. */
export function buildUsers(accountPlace: number): readonly BenchUser[] {
  return Array.from({ length: USERS }, (_, place) => {
    const id = `01J0BENCH${accountPlace}${String(place).padStart(16, '0')}`;
    return {
      id,
      name:
        ODD_NAMES[(place - 7) / 31] ??
        `${pick(FIRST_NAMES, place)} ${pick(LAST_NAMES, Math.floor(place / 3))} ${place}`,
      email: `${id.toLowerCase()}@bench.example`,
      period: place % 10 === 4 ? 'beginning' : place % 10 === 7 ? 'end' : 'always',
    };
  });
}

const pick = (names: readonly string[], place: number) => names[place % names.length]!;

/** Chooses who acts at a moment. A few users account for most activities. */
export class ActiveUsers {
  private readonly choices: Readonly<Record<Exclude<Period, 'always'> | 'middle', WeightedChoice>>;

  constructor(private readonly users: readonly BenchUser[]) {
    const choiceOf = (period: Period) =>
      new WeightedChoice(
        users.map((user, place) => (['always', period].includes(user.period) ? 1 / (place + 1) ** 1.1 : 0)),
      );
    this.choices = { beginning: choiceOf('beginning'), middle: choiceOf('always'), end: choiceOf('end') };
  }

  /** @param progress the share of the interval that has passed, from 0 to 1 */
  choose(progress: number, random: SeededRandom): BenchUser {
    const period = progress < EDGE ? 'beginning' : progress >= 1 - EDGE ? 'end' : 'middle';
    return this.users[this.choices[period].choose(random)]!;
  }
}
