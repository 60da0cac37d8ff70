/** The characters with which a formula begins in a spreadsheet (OWASP, "CSV Injection"), and their full-width forms. */
const SIGN = '=+\\-@＝＋－＠';
/** A text that begins with a formula; tab and carriage return count too, because spreadsheets drop them and look again. */
const FORMULA = new RegExp(`^[\\s\\p{Cf}]*[${SIGN}\\t\\r]`, 'u');
/**
 * A place within a text from which on some spreadsheets read another cell, where that cell would be a formula. Excel splits at
 * `;` wherever the comma is the decimal separator, quoted or not, and at a tab when a text is pasted; a line break ends the row
 * for a reader that does not see the quotes. Quotes before the sign do not help, because that reader removes them.
 */
const INNER_FORMULA = new RegExp(`(?<=[;\\t\\r\\n])(?=(?:(?![\\t\\r\\n])[\\s\\p{Cf}"])*[${SIGN}])`, 'gu');

/**
 * A text cell that every spreadsheet shows as it is: an apostrophe stands before the text if it begins with a formula, and
 * within it after each `;`, tab, CR and LF that a formula follows. Spaces, invisible characters and, within the text, quotes may
 * stand before the formula's first character. The result depends on nothing but the text.
 */
export function escapeFormulas(text: string): string {
  const inner = text.replace(INNER_FORMULA, "'");
  return FORMULA.test(text) ? `'${inner}` : inner;
}
