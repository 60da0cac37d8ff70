/** Digits after the decimal point of a currency: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217, as Intl knows it). */
export function decimalDigitsOf(currency: string): number {
  let digits = cachedDigits.get(currency);
  if (digits === undefined) cachedDigits.set(currency, (digits = lookUpDigits(currency)));
  return digits;
}

/** Asking Intl costs as much as a hundred amounts. */
const cachedDigits = new Map<string, number>();

function lookUpDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount in minor units as a plain number: `50`, `19.90`, `-5`; whole amounts have no decimals. */
export function formatAmount(minor: number, currency: string): string {
  const digits = decimalDigitsOf(currency);
  const unit = 10 ** digits;
  if (minor % unit === 0) return String(minor / unit);
  const whole = Math.trunc(Math.abs(minor) / unit);
  const rest = String(Math.abs(minor) % unit).padStart(digits, '0');
  return `${minor < 0 ? '-' : ''}${whole}.${rest}`;
}

/** An amount with all of its currency's decimals, as invoices and mails have it. */
export function formatFullAmount(minor: number, currency: string): string {
  const digits = decimalDigitsOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
}

/** The largest amount of a request, in minor units: what several of them add up to stays exact in a number. */
export const MAX_AMOUNT = 1_000_000_000_000;

/** An amount as a text in minor units, negative ones too; undefined if its currency can't have it, or it is absurdly large. */
export function parseAmount(text: string, currency: string): number | undefined {
  const digits = decimalDigitsOf(currency);
  const [, sign, whole, decimals = ''] = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || decimals.length > digits) return undefined;
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  if (minor > MAX_AMOUNT) return undefined;
  return sign === '-' && minor > 0 ? -minor : minor;
}
