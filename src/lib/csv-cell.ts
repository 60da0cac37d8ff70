/** Characters that start a formula in a spreadsheet (OWASP, "CSV Injection"), and their full-width forms. */
const SIGN = '=+\\-@＝＋－＠';
/**
 * Matches text that starts with a formula. A tab or carriage return counts as one, because spreadsheets drop it and
 * look at what follows.
 */
const FORMULA = new RegExp(`^[\\s\\p{Cf}]*[${SIGN}\\t\\r]`, 'u');
/**
 * Matches positions inside text where a spreadsheet may start a new cell that holds a formula. Excel splits cells at
 * `;` where the comma is the decimal separator, even inside quotes, and at tabs in pasted text; a line break ends the
 * row for readers that ignore quotes. Quotes before the sign are skipped, because such readers remove them.
 */
const INNER_FORMULA = new RegExp(`(?<=[;\\t\\r\\n])(?=(?:(?![\\t\\r\\n])[\\s\\p{Cf}"])*[${SIGN}])`, 'gu');

/**
 * Escapes formulas in the text of a CSV cell, so that every spreadsheet shows it as text. Inserts an apostrophe at the
 * start if the text starts with a formula, and after each `;`, tab, CR and LF that precedes a formula. Spaces,
 * invisible characters and, inside the text, quotes before a formula are skipped. The result depends on the text alone.
 */
export function escapeFormulas(text: string): string {
  const inner = text.replace(INNER_FORMULA, "'");
  return FORMULA.test(text) ? `'${inner}` : inner;
}
