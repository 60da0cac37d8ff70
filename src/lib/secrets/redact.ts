import { cardNumbers, type CardNumber } from './card-number';
import { withoutOrdinaryNumbers } from './ordinary-numbers';
import { crossOut, replaceRanges, type Range } from './ranges';
import { rangeInSource, readableView } from './readable-view';
import { tokensIn } from './tokens';

const SECRET_NAME =
  /password|passwd|passphrase|^pass$|secret|token|authorization|cookie|api.?key$|cvv|cvc|card.?number|^pan$|private.?key/i;
const MASK = '[masked]';
/** No secret is shorter. */
const SHORTEST = 7;

/** A secret in a text, and what is shown in its place. */
interface Secret extends Range {
  readonly mask: string;
}

/**
 * A text without the secrets that it may hold by mistake: tokens, and card numbers but for their last four digits, however they
 * are spelled. All else stays as it is, unit by unit; a text without secrets is the same string. Refusals, records, logs and
 * problems use this one function. Takes time in proportion to the text.
 * @param encodeMask how the text writes what stands in place of a secret
 */
export function redactText(text: string, encodeMask = (mask: string) => mask): string {
  if (text.length < SHORTEST) return text;
  const view = readableView(text);
  const secrets = secretsIn(view.text);
  if (secrets.length === 0) return text;
  const inText = view.source ? secrets.map(({ mask, ...range }) => ({ ...rangeInSource(view, range), mask })) : secrets;
  return replaceRanges(text, inText, ({ mask }) => encodeMask(mask));
}

/** The path of an address without secrets, encoded as paths are where it changed. */
export function redactPath(path: string): string {
  return redactText(path, encodeURIComponent);
}

function secretsIn(text: string): Secret[] {
  const secrets: Secret[] = tokensIn(text).map(({ start, end }) => ({ start, end, mask: MASK }));
  for (const { start, end, lastFour } of cardsIn(crossOut(text, secrets))) {
    secrets.push({ start, end, mask: `${MASK} ${lastFour}` });
  }
  return secrets;
}

/** Most texts have nothing in them that looks like a card number, and need not be searched for what is none. */
function cardsIn(text: string): Iterable<CardNumber> {
  const isCandidate = cardNumbers(text).next().done === false;
  return isCandidate ? cardNumbers(withoutOrdinaryNumbers(text)) : [];
}

/** A value of any depth without the secrets in it; whatever has a secret's name is masked whole. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return redactNumber(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redactText(name), isSecretName(name) ? MASK : redact(inner)]),
  );
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(readableView(name).text);
}

function redactNumber(value: number): number | string {
  const text = String(value);
  const redacted = redactText(text);
  return redacted === text ? value : redacted;
}
