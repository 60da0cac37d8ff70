const SECRET_NAME =
  /password|passwd|passphrase|^pass$|secret|token|authorization|cookie|api.?key$|cvv|cvc|card.?number|^pan$|private.?key/i;
const OWN_TOKEN = /\bua[a-z]_[A-Za-z0-9_-]{8,}/g;
const BEARER = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const DIGIT_GROUPS = /\d+(?:[ -]\d+)*/g;
const CARD_NUMBER = /^[1-9]\d{12,18}$/;
const MASK = '[masked]';

/** A text without the secrets that it may hold by mistake: tokens, and card numbers but for their last four digits. */
export function redactText(text: string): string {
  return text.replace(OWN_TOKEN, MASK).replace(BEARER, `$1 ${MASK}`).replace(DIGIT_GROUPS, withoutCardNumbers);
}

/** Groups of digits; a card number is one or several of them, and what stands beside it, such as its expiry, is not. */
function withoutCardNumbers(groups: string): string {
  const parts = groups.split(/([ -])/);
  for (let first = 0; first < parts.length; first += 2) {
    for (let last = Math.min(parts.length - 1, first + 36); last >= first; last -= 2) {
      const digits = parts
        .slice(first, last + 1)
        .join('')
        .replace(/\D/g, '');
      if (!CARD_NUMBER.test(digits) || !passesLuhn(digits)) continue;
      parts.splice(first, last - first + 1, `${MASK} ${digits.slice(-4)}`);
      break;
    }
  }
  return parts.join('');
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

/** The check digit that every card number has (ISO/IEC 7812-1, annex B). */
function passesLuhn(digits: string): boolean {
  const numbers = Array.from(digits.replace(/\D/g, ''), Number).reverse();
  const sum = numbers.reduce(
    (total, digit, place) => total + (place % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2),
    0,
  );
  return numbers.length >= 13 && sum % 10 === 0;
}
