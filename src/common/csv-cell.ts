/** What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), full-width forms among it. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠\t\r]/;

/** A text that a spreadsheet shows as it is: one that looks like a formula gets an apostrophe before it. */
export function defusedCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
