import type { Range } from './ranges';

/** Length of an IBAN in characters, by country (SWIFT's IBAN registry). */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 DZ26 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IR26 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MA28 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 MZ25 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 ' +
    'RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const IBAN_START = /(?<![a-z\d])[a-z]{2}\d{2}(?=[ \u00a0-]?[a-z\d])/gi;
const SEPARATOR = /[ \u00a0-]/;

/** Finds IBANs in a text: those with the length of their country and valid check digits. */
export function findIbans(text: string): Range[] {
  const ibans: Range[] = [];
  for (const { index: start } of text.matchAll(IBAN_START)) {
    const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
    const end = length === undefined ? -1 : findEnd(text, start, length);
    if (end > 0 && !/[a-z\d]/i.test(text.charAt(end)) && hasValidChecksum(text, start, end)) ibans.push({ start, end });
  }
  return ibans;
}

/**
 * Returns where a number of letters and digits ends, with at most one separator between two of them, or -1 if there are
 * fewer.
 */
function findEnd(text: string, start: number, count: number): number {
  let place = start;
  for (let character = 0; character < count; character++) {
    if (character > 0 && SEPARATOR.test(text.charAt(place))) place++;
    if (!/[a-z\d]/i.test(text.charAt(place))) return -1;
    place++;
  }
  return place;
}

/**
 * Returns whether the check digits are valid (ISO 7064, MOD 97-10): with the first four characters moved to the end,
 * and letters replaced by two digits, the number leaves a remainder of 1.
 */
function hasValidChecksum(text: string, start: number, end: number): boolean {
  const characters = text.slice(start, end).replace(/[^a-z\d]/gi, '');
  let rest = 0;
  for (const character of characters.slice(4) + characters.slice(0, 4)) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
