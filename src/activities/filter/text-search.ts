import { setImmediate } from 'node:timers/promises';
import { partsOf } from '../../lib/elements';
import type { ActivityConditions } from './activity-filter';

/** The columns in which the text of a filter is searched, in the order of the values that a test takes. */
export const SEARCHED_COLUMNS = ['user_name', 'comment', 'order_reference', 'subscription_reference', 'page'] as const;

/** Returns whether one of the texts contains the text of the filter. */
export type TextTest = (texts: readonly unknown[]) => boolean;

/**
 * Returns the test of a filter that the database cannot run, for the values of `SEARCHED_COLUMNS`; undefined if the
 * filter has no text.
 *
 * A text contains another one if it does so after Unicode's normalization form NFC and its simple case folding (the
 * statuses C and S of CaseFolding.txt), which is how a regular expression with the flags `i` and `u` compares. So `k`
 * finds the Kelvin sign, and a sigma finds its final form. Simple folding maps one character to one character: `ß`
 * finds `ẞ` but not `ss`, and the dotless `ı` finds only itself. It does not depend on a language or on a database.
 */
export function createTextTest({ text }: Pick<ActivityConditions, 'text'>): TextTest | undefined {
  if (text === undefined) return undefined;
  const pattern = new RegExp(text.normalize('NFC').replace(SYNTAX_CHARACTER, '\\$&'), 'iu');
  return (texts) => texts.some((value) => typeof value === 'string' && pattern.test(value.normalize('NFC')));
}

/** Number of rows that are tested before the thread does other work. */
const ROWS_AT_ONCE = 250;

/**
 * Returns the rows whose texts pass a test. The thread does other work from time to time, because testing thousands of long
 * texts takes longer than a request should wait.
 * @param textsOf returns the values of `SEARCHED_COLUMNS` of a row
 */
export async function findByTexts<Row>(
  rows: readonly Row[],
  test: TextTest,
  textsOf: (row: Row) => readonly unknown[],
): Promise<Row[]> {
  const found: Row[] = [];
  for (const part of partsOf(rows, ROWS_AT_ONCE)) {
    found.push(...part.filter((row) => test(textsOf(row))));
    await setImmediate();
  }
  return found;
}

const SYNTAX_CHARACTER = /[\\^$.*+?()[\]{}|/]/g;
