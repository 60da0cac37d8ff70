import { findCardNumbers, type CardNumber } from './card-number';
import { mayHoldSecret } from './may-hold-secret';
import { crossOutOrdinaryNumbers } from './ordinary-numbers';
import { crossOutRanges, replaceRanges, type Range } from './ranges';
import { toSourceRange, buildReadableView } from './readable-view';
import { findTokens } from './tokens';

const SECRET_NAME =
  /password|passwd|passphrase|^pass$|secret|token|authorization|cookie|api.?key$|cvv|cvc|card.?number|^pan$|private.?key/i;
const MASK = '[masked]';
/** Minimum length of a secret in UTF-16 code units. */
const MIN_SECRET_LENGTH = 7;

/** Maximum number of texts that are known to have no secret. */
const MAX_CLEAN_TEXTS = 1000;
/** Maximum length of such a text in UTF-16 code units. */
const MAX_CLEAN_LENGTH = 100;

/** The position of a secret in a text, and the mask that replaces it. */
interface Secret extends Range {
  readonly mask: string;
}

/**
 * Masks secrets in a text: tokens, and card numbers except for their last four digits, however they are encoded.
 * Everything else is unchanged; a text without secrets is returned as it is. The validation of requests, audit records,
 * logs and problems all use this function. Runs in linear time.
 * @param encodeMask encodes a mask for the format of the text
 */
export function redactText(text: string, encodeMask = (mask: string) => mask): string {
  if (text.length < MIN_SECRET_LENGTH || !mayHoldSecret(text) || cleanTexts.has(text)) return text;
  const redacted = maskSecrets(text, encodeMask);
  if (redacted === text && text.length <= MAX_CLEAN_LENGTH) addCleanText(text);
  return redacted;
}

/** Texts that were searched and have no secret. Names, ids and user agents come again and again. */
const cleanTexts = new Set<string>();

function addCleanText(text: string): void {
  if (cleanTexts.size >= MAX_CLEAN_TEXTS) cleanTexts.clear();
  cleanTexts.add(text);
}

/** Masks secrets as `redactText` does, and searches every text. */
export function maskSecrets(text: string, encodeMask = (mask: string) => mask): string {
  const view = buildReadableView(text);
  const secrets = findSecrets(view.text);
  if (secrets.length === 0) return text;
  const inText = view.source ? secrets.map(({ mask, ...range }) => ({ ...toSourceRange(view, range), mask })) : secrets;
  return replaceRanges(text, inText, ({ mask }) => encodeMask(mask));
}

/** Masks secrets in the path of a URL; the masks are percent-encoded. */
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

/**
 * Finds card numbers. Ordinary numbers are crossed out only if the text has a candidate, because most texts have none.
 */
function findCards(text: string): Iterable<CardNumber> {
  const isCandidate = findCardNumbers(text).next().done === false;
  return isCandidate ? findCardNumbers(crossOutOrdinaryNumbers(text)) : [];
}

/** Masks secrets in a value of any depth. A property whose name denotes a secret is masked completely. */
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
  return SECRET_NAME.test(mayHoldSecret(name) ? buildReadableView(name).text : name);
}

function redactNumber(value: number): number | string {
  const text = String(value);
  const redacted = redactText(text);
  return redacted === text ? value : redacted;
}
