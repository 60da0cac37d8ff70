import fc, { type Arbitrary } from 'fast-check';

/** Texts that people write, without secrets. */
export const ORDINARY_TEXTS: readonly string[] = [
  // Dates, times, and intervals of them.
  '22.01.2026 - 23.01.2026',
  '22.01.2026-23.01.2026',
  '22-01-2026 23-01-2026',
  '22-01-2026-23-01-2026',
  '22012026-23012026',
  '22.01.26 - 23.01.26, 24.01.26 - 25.01.26',
  '2026-01-22/2026-01-23',
  '2026-01-22 2026-02-05 2026-03-05',
  '2026-01-22T09:30:00+02:00/2026-01-23T17:00:00+02:00',
  'from 22/01/2026 09:30:15 to 23/01/2026 17:45:30',
  '01/22/2026–01/23/2026',
  '22. 1. 2026 – 23. 1. 2026',
  '2230-2315 2345-0015',
  '22:30-23:15, 23:45-00:15',
  '1998-2003, 2004-2010, 2222-2223',
  '2026年1月22日〜2026年1月23日',
  '٢٢/٠١/٢٠٢٦ - ٢٣/٠١/٢٠٢٦',
  '२२.०१.२०२६ - २३.०१.२०२६',
  'job-20260115093000-99991',
  '1763856910127',
  '1763856910127123456',
  // Phone numbers.
  '+40 721 000 000',
  '+49 1512 3456789',
  '+49-89-2632852-49',
  '00 49 151 83017628',
  '+44 20 7946 0958 / +44 20 7946 0959',
  '(415) 555-2671, (415) 555-2672',
  '01.23.45.67.89 ou 06.12.34.56.78',
  '6123 4567 / 9123 4567',
  '6123 4567\n9123 4567',
  '2222-3333, 4444-5555',
  '+65 6123 4567; +65 9123 4567',
  '090-1234-5678　03-1234-5678',
  '٠١٠ ١٢٣٤ ٥٦٧٨',
  // Amounts.
  'EUR 1.234.567,89 + EUR 4.111,11',
  "CHF 4'111'111.11",
  '4 111 111,11 €',
  '4\u202f111\u202f111\u202f111,11 €',
  '₹12,34,567.89',
  '$4,500 + $1,200 + $3,300 + $2,500',
  '4500, 4750, 5000, 5250',
  '5000 / 4000 / 3000 / 2000',
  '50% of 4111, 25% of 1111, 4% of 1111, 1% of 1111',
  // Bank accounts and references.
  'GB82 WEST 1234 5698 7654 32',
  'DE89 3704 0044 0532 0130 00',
  'FR14 2004 1010 0505 0001 3M02 606',
  'SK21 6577 4333 3101 4525 7827 is no account, SK31 1200 0000 1987 4263 7541 is one',
  'DK5000400440116243',
  '30-96-26 12345678',
  '30-55-46 61573717',
  '9400 1000 0000 0000 0000 00',
  '9306 8277 1704 7102 6065 56',
  '1Z 999 AA1 01 2345 6784',
  // Orders and other things that are counted.
  '1234567, 2345678',
  '1234567, 2345678, 3456789, 4567890',
  '#4021, #4022, #4023, #4024',
  '4021, 4022, 4023, 4024',
  '4021\n4022\n4023\n4024\n4025',
  '4383, 4384, 4385, 4386',
  '5240, 9830, 8510, 9250',
  '4240, 2150, 5163, 4850, 4580, 7521, 7576, 2633',
  '5138, 6060, 3440, 1564, 5900, 7641, 8462, 4358',
  'INV-2026-000123 / INV-2026-000124',
  'RE 4711/2026/00815',
  '5, 4, 5, 5, 3, 4',
  '1.2.3.4.5.6.7.8.9.10',
  // Computers.
  '192.168.100.200',
  '2001:0db8:85a3:1111:1111:8a2e:0370:7334',
  '2606:4700:4700:1111::/64',
  '4210:4226:3460:1730:1029:5193:446f:8980',
  '4111:1111:1111:1111:1111:1111:1111:1111',
  '126.0.6478.127',
  '10.0.19045.4291',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'c0abb04f-6e35-4608-8287-247c1b292547',
  '48.8566, 2.3522 / 48.8584, 2.2945',
  '4807.0380,N,01131.0000,E',
  // Everything else.
  'Basic subscription, one year',
  'basic authentication for bearer instruments',
  'Family 👨‍👩‍👧‍👦 👩🏽‍💻 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣2️⃣3️⃣',
  'اشترى العميل ٣ منتجات بسعر ١٩٫٩٠ في ٢٠٢٦',
  'ग्राहक ने ३ उत्पाद १९.९० में ख़रीदे',
  'क्\u200dष, می\u200cخواهم, soft\u00adhyphen, e\u0301, ﬁ, Å, ½, №\u00a07',
  'a_uae_b and manual_review_of_orders',
  'see https://shop.example/%D0%9F%D1%80%D0%B8?page=2&sort=asc',
  'a &amp; b &lt; c &nbsp; d',
];

const day = fc.date({
  min: new Date('2001-09-10T00:00:00Z'),
  max: new Date('2037-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const padded = (value: number) => String(value).padStart(2, '0');
const partsOf = (date: Date) => ({
  day: date.getUTCDate(),
  month: date.getUTCMonth() + 1,
  year: date.getUTCFullYear(),
  hours: padded(date.getUTCHours()),
  minutes: padded(date.getUTCMinutes()),
  seconds: padded(date.getUTCSeconds()),
});

type Form = (date: Date) => string;
const dateForms: Form[] = ['.', '-', '/', ' ', '. ', '\u00a0', '\u2011', '–'].flatMap((separator): Form[] => [
  (date) => [padded(partsOf(date).day), padded(partsOf(date).month), partsOf(date).year].join(separator),
  (date) => [partsOf(date).day, partsOf(date).month, partsOf(date).year].join(separator),
  (date) => [padded(partsOf(date).month), padded(partsOf(date).day), partsOf(date).year].join(separator),
  (date) => [partsOf(date).year, padded(partsOf(date).month), padded(partsOf(date).day)].join(separator),
]);
dateForms.push(
  (date) => [padded(partsOf(date).day), padded(partsOf(date).month), padded(partsOf(date).year % 100)].join('.'),
  (date) => [padded(partsOf(date).day), padded(partsOf(date).month), padded(partsOf(date).year % 100)].join('-'),
  (date) => date.toISOString().slice(0, 10).replaceAll('-', ''),
  (date) => `${padded(partsOf(date).day)}${padded(partsOf(date).month)}${partsOf(date).year}`,
);
const timeForms: Form[] = [
  () => '',
  (date) => ` ${partsOf(date).hours}:${partsOf(date).minutes}`,
  (date) => ` ${partsOf(date).hours}:${partsOf(date).minutes}:${partsOf(date).seconds}`,
  (date) => ` ${partsOf(date).hours}.${partsOf(date).minutes}`,
  (date) => ` ${partsOf(date).hours}${partsOf(date).minutes}`,
  (date) => ` ${partsOf(date).hours}-${partsOf(date).minutes}-${partsOf(date).seconds}`,
  (date) => `T${date.toISOString().slice(11)}`,
];
const LOCALES =
  'en-US en-GB de fr ro sv ja zh ko ar-EG fa hi-u-nu-deva bn th ru he da fi hu pt-BR es tr my de-CH en-IN'.split(' ');
const BETWEEN = [' - ', '-', ' – ', '–', ' to ', ' bis ', '/', ' / ', '..', ' ', ', ', '; ', '\n', '\t', ' | ', '~'];

/** Generates lists of texts in the same format. */
function listOf(
  item: Arbitrary<Form>,
  values: Arbitrary<Date>,
  between: readonly string[],
  maxLength: number,
): Arbitrary<string> {
  const dates = fc.array(values, { minLength: 1, maxLength });
  return fc
    .tuple(item, dates, fc.constantFrom(...between))
    .map(([form, some, separator]) => some.map(form).join(separator));
}

const dateAndTime: Arbitrary<Form> = fc.tuple(fc.constantFrom(...dateForms), fc.constantFrom(...timeForms)).map(
  ([date, time]) =>
    (moment) =>
      date(moment) + time(moment),
);

const localDates: Arbitrary<string> = fc
  .record({
    locale: fc.constantFrom(...LOCALES),
    dateStyle: fc.constantFrom('short', 'medium', 'long', 'full'),
    timeStyle: fc.constantFrom(undefined, 'short', 'medium'),
    start: day,
    hours: fc.integer({ min: 1, max: 2000 }),
  })
  .map(({ locale, dateStyle, timeStyle, start, hours }) => {
    const format = formatOf(locale, dateStyle as 'short', timeStyle as 'short' | undefined);
    return format.formatRange(start, new Date(start.getTime() + hours * 3_600_000));
  });

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(locale: string, dateStyle: 'short', timeStyle: 'short' | undefined): Intl.DateTimeFormat {
  const key = [locale, dateStyle, timeStyle].join();
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle, timeStyle, timeZone: 'UTC' });
  formats.set(key, format);
  return format;
}

const clockRange =
  (separator: string): Form =>
  (date) => {
    const { hours, minutes } = partsOf(date);
    const end = partsOf(new Date(date.getTime() + 45 * 60_000));
    return `${hours}${separator}${minutes}-${end.hours}${separator}${end.minutes}`;
  };
const clockRanges = listOf(
  fc.constantFrom(...['', ':', '.', 'h'].map(clockRange)),
  day,
  [', ', '; ', ' ', '\n', ' / '],
  5,
);

const stamps: Arbitrary<string> = fc.tuple(day, fc.nat(999), fc.nat(6)).map(([date, fraction, form]) => {
  const iso = date.toISOString();
  const milliseconds = String(date.getTime());
  const micro = milliseconds + String(fraction).padStart(3, '0');
  const plain = iso.replace(/\D/g, '');
  return [
    iso,
    milliseconds,
    micro,
    `${micro}000`,
    plain,
    plain.slice(0, 14),
    `${plain.slice(0, 8)}-${plain.slice(8, 14)}-${fraction}`,
  ][form]!;
});

const PHONES =
  '+1 (4##) 555-#### | 4##-555-#### | 4##.555.#### | +44 20 #### #### | 07### ### ### | +49 30 ######## | +49 151 ######## | ' +
  '0151/######## | +49-89-#######-## | 00 49 151 ######## | +33 6 ## ## ## ## | 06 ## ## ## ## | 01.##.##.##.## | +40 7## ### ### | ' +
  '+41 44 ### ## ## | +43 664 ####### | +39 347 ####### | +34 6## ## ## ## | +351 9## ### ### | +48 ### ### ### | +420 ### ### ### | ' +
  '+36 30 ### #### | +30 21# ### #### | +45 ## ## ## ## | +46 70-### ## ## | +358 40 ### #### | +31 6 ######## | +7 9## ###-##-## | ' +
  '8 (9##) ###-##-## | +380 ## ### ## ## | +90 5## ### ## ## | +972 5#-###-#### | +971 5# ### #### | +27 ## ### #### | +91 ##### ##### | ' +
  '+86 1## #### #### | +81 90-####-#### | 03-####-#### | +82 10-####-#### | +65 #### #### | 9### #### | +60 1#-### #### | ' +
  '+62 8##-####-#### | +61 4## ### ### | +64 2# ### #### | +55 11 9####-#### | +52 55 #### #### | +54 9 11 ####-#### | +49 (0) 151 ########';
const phone: Arbitrary<string> = digitsIn(fc.constantFrom(...PHONES.split(' | ')));
const phones = fc
  .tuple(fc.array(phone, { minLength: 1, maxLength: 3 }), fc.constantFrom(', ', ' / ', '; ', '\n', ' or ', ' | ', '\t'))
  .map(([numbers, separator]) => numbers.join(separator));

const amounts: Arbitrary<string> = fc
  .record({
    locale: fc.constantFrom(...LOCALES),
    currency: fc.constantFrom('USD', 'EUR', 'JPY', 'RON', 'INR', 'CHF', 'KWD'),
    values: fc.array(fc.integer({ min: 1, max: 10 ** 11 }), { minLength: 1, maxLength: 5 }),
    separator: fc.constantFrom(', ', ' + ', '; ', '\n', ' | ', ' / ', ' - '),
  })
  .map(({ locale, currency, values, separator }) => {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    return values.map((value) => format.format(value / 100)).join(separator);
  });

const orders = fc
  .tuple(
    fc.array(digitsIn(fc.constant('#######')), { minLength: 2, maxLength: 8 }),
    fc.constantFrom(', ', ',', '; ', '\n', ' / ', '/', ' | ', '\t', '  '),
  )
  .map(([references, separator]) => references.join(separator));

const ibans: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      'DE##################',
      'FI##############',
      'PL########################',
      'SK####################',
      'DK##############',
      'GBWEST##############',
    ),
    fc.constantFrom('', ' ', '\u00a0'),
  )
  .chain(([form, separator]) =>
    digitsIn(fc.constant(form)).map((account) =>
      withCheckDigits(account)
        .match(/.{1,4}/g)!
        .join(separator),
    ),
  );

function withCheckDigits(account: string): string {
  const [country, rest] = [account.slice(0, 2), account.slice(2)];
  const digits = Array.from(`${rest}${country}00`, (character) => String(parseInt(character, 36))).join('');
  return `${country}${padded(98 - Number(BigInt(digits) % 97n))}${rest}`;
}

/** Replaces each `#` of a text by a random digit. */
function digitsIn(forms: Arbitrary<string>): Arbitrary<string> {
  return fc.tuple(forms, fc.array(fc.nat(9), { minLength: 30, maxLength: 30 })).map(([form, digits]) => {
    let place = 0;
    return form.replace(/#/g, () => String(digits[place++]));
  });
}

/** Generators of common texts without secrets. */
export const ORDINARY_KINDS: readonly (readonly [string, Arbitrary<string>])[] = [
  ['dates and times', listOf(dateAndTime, day, BETWEEN, 1)],
  ['intervals and lists of dates', listOf(dateAndTime, day, BETWEEN, 4)],
  ['intervals as locales write them', localDates],
  ['times of day', clockRanges],
  ['time stamps', stamps],
  ['phone numbers', phones],
  ['amounts', amounts],
  ['references of orders', orders],
  ['bank accounts', ibans],
  ['IPv6 addresses', fc.ipV6()],
  ['random ids', fc.uuid()],
];
