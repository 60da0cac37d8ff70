import { withoutCardNumbers } from './card-number';

const SECRET_NAME =
  /password|passwd|passphrase|^pass$|secret|token|authorization|cookie|api.?key$|cvv|cvc|card.?number|^pan$|private.?key/i;
const OWN_TOKEN = /\bua[a-z]_[A-Za-z0-9_-]{8,}/g;
const BEARER = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
/** A random id or a hash is no card number, however many of its digits are in a row. */
const ID =
  /(?<![0-9a-z])([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|(?=\d*[a-f])[0-9a-f]{24,128})(?![0-9a-z])/i;
/** Without a group that repeats, whose way back would grow with the text. */
const DIGITS_AND_SEPARATORS = /\d[\d -]*/g;
/** What no card number has between its groups. */
const GAP = /([ -]{2,})/;
const MASK = '[masked]';

/** A text without the secrets that it may hold by mistake: tokens, and card numbers but for their last four digits. */
export function redactText(text: string): string {
  const withoutTokens = text.replace(OWN_TOKEN, MASK).replace(BEARER, `$1 ${MASK}`);
  // Every second part is an id.
  const parts = ID.test(withoutTokens) ? withoutTokens.split(ID) : [withoutTokens];
  return parts
    .map((part, place) => (place % 2 === 0 ? part.replace(DIGITS_AND_SEPARATORS, withoutCardNumbersIn) : part))
    .join('');
}

/** Digits with what stands between them; every second piece is a gap. */
function withoutCardNumbersIn(digits: string): string {
  const pieces = digits.split(GAP);
  return pieces.map((piece, place) => (place % 2 === 0 ? withoutCardNumbers(piece) : piece)).join('');
}

/** A value of any depth without the secrets in it; whatever has a secret's name is masked whole. */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return redactNumber(value);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redactText(name), SECRET_NAME.test(name) ? MASK : redact(inner)]),
  );
}

function redactNumber(value: number): number | string {
  const text = String(value);
  const redacted = redactText(text);
  return redacted === text ? value : redacted;
}
