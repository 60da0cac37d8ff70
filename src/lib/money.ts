/** Returns the number of decimal digits of a currency: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217, from Intl). */
export function decimalDigitsOf(currency: string): number {
  let digits = cachedDigits.get(currency);
  if (digits === undefined) cachedDigits.set(currency, (digits = lookUpDigits(currency)));
  return digits;
}

/** Decimal digits by currency code. Cached because a lookup in Intl takes as long as formatting a hundred amounts. */
const cachedDigits = new Map<string, number>();

function lookUpDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

const UNITS = [1, 10, 100, 1000];

/** Formats an amount in minor units as a plain number: `50`, `19.90`, `-5`. Whole amounts have no decimals. */
export function formatAmount(minor: number, currency: string): string {
  const digits = decimalDigitsOf(currency);
  const unit = UNITS[digits] ?? 10 ** digits;
  const absolute = Math.abs(minor);
  const whole = Math.floor(absolute / unit);
  const rest = absolute - whole * unit;
  if (rest === 0) return String(minor / unit);
  const text = `${whole}.${String(rest).padStart(digits, '0')}`;
  return minor < 0 ? `-${text}` : text;
}

/** Formats a sum as `formatAmount` does, with any number of digits. */
export function formatSum(minor: bigint, currency: string): string {
  const digits = decimalDigitsOf(currency);
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  const [whole, rest] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return (minor < 0n ? '-' : '') + whole + (/[1-9]/.test(rest) ? `.${rest}` : '');
}

/** Formats an amount in minor units with all decimals of its currency, as on invoices and in mails: `50.00`. */
export function formatFullAmount(minor: number, currency: string): string {
  const digits = decimalDigitsOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

/**
 * The largest amount that a request may contain, in minor units. Sums of several such amounts are still exact in a
 * JavaScript number.
 */
export const MAX_AMOUNT = 1_000_000_000_000;

/**
 * Parses an amount, possibly negative, into minor units. Returns undefined if it is malformed, has more decimals than
 * its currency, or exceeds `MAX_AMOUNT`.
 */
export function parseAmount(text: string, currency: string): number | undefined {
  const digits = decimalDigitsOf(currency);
  const [, sign, whole, decimals = ''] = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || decimals.length > digits) return undefined;
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  if (minor > MAX_AMOUNT) return undefined;
  return sign === '-' && minor > 0 ? -minor : minor;
}
