import { findCardNumbers, type CardNumber } from './card-number';
import { crossOutOrdinaryNumbers } from './ordinary-numbers';
import { crossOutRanges, replaceRanges, type Range } from './ranges';
import { toSourceRange, buildReadableView } from './readable-view';
import { findTokens } from './tokens';

const SECRET_NAME =
  /password|passwd|passphrase|^pass$|secret|token|authorization|cookie|api.?key$|cvv|cvc|card.?number|^pan$|private.?key/i;
const MASK = '[masked]';
/** No secret is shorter. */
const MIN_SECRET_LENGTH = 7;

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
  if (text.length < MIN_SECRET_LENGTH) return text;
  const view = buildReadableView(text);
  const secrets = findSecrets(view.text);
  if (secrets.length === 0) return text;
  const inText = view.source ? secrets.map(({ mask, ...range }) => ({ ...toSourceRange(view, range), mask })) : secrets;
  return replaceRanges(text, inText, ({ mask }) => encodeMask(mask));
}

/** The path of an address without secrets, encoded as paths are where it changed. */
export function redactPath(path: string): string {
  return redactText(path, encodeURIComponent);
}

function findSecrets(text: string): Secret[] {
  const secrets: Secret[] = findTokens(text).map(({ start, end }) => ({ start, end, mask: MASK }));
  for (const { start, end, lastFour } of findCards(crossOutRanges(text, secrets))) {
    secrets.push({ start, end, mask: `${MASK} ${lastFour}` });
  }
  return secrets;
}

/** Most texts have nothing in them that looks like a card number, and need not be searched for what is none. */
function findCards(text: string): Iterable<CardNumber> {
  const isCandidate = findCardNumbers(text).next().done === false;
  return isCandidate ? findCardNumbers(crossOutOrdinaryNumbers(text)) : [];
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
  return SECRET_NAME.test(buildReadableView(name).text);
}

function redactNumber(value: number): number | string {
  const text = String(value);
  const redacted = redactText(text);
  return redacted === text ? value : redacted;
}
