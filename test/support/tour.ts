import { readFileSync } from 'node:fs';

/** A block of the tour's shell code, and the block with its output, if the tour shows one. */
export interface TourStep {
  readonly code: string;
  readonly shown?: { readonly language: string; readonly text: string };
}

/** Reads the steps of the README's tour. The first one starts the demo. */
export function readTour(): readonly [TourStep, ...TourStep[]] {
  const [, tour = ''] = /^## Five minutes with it\n(.*?)^## /ms.exec(readFileSync('README.md', 'utf8')) ?? [];
  const steps: TourStep[] = [];
  for (const [, language = '', text = ''] of tour.matchAll(/^```(\w+)\n(.*?)^```$/gms)) {
    const last = steps.at(-1);
    if (language === 'sh') steps.push({ code: text });
    else if (last && !last.shown) steps[steps.length - 1] = { ...last, shown: { language, text } };
    else throw new Error(`No code of the tour has this output: ${text}`);
  }
  const [first, ...others] = steps;
  if (!first) throw new Error('The README has no tour.');
  return [first, ...others];
}

/** Stands for what a block leaves out, in place of a line with `…`. */
const OMISSION = '…';
/** Matches any value, even null, but not a missing one. */
const ANY = { asymmetricMatch: (value: unknown) => value !== undefined };
/** What differs from one demo to another: times, ids of records, cursors, and which refunds were the last ones. */
const VARIES =
  /^(?:requestId|nextCursor|interval\.\w+|data\.0\.(?:id|url|occurredAt|recordedAt|requestId|\w+Reference|amount|currency|billingCycles|comment|ipAddress))$/;
/** What differs in a row about a refund, of which the last one can be requested, canceled or refused. */
const VARIES_IN_REFUND = /^data\.0\.(?:activity|outcome|failureCode|details)$/;

/**
 * Returns what the JSON that a step prints must equal: it has the names that the tour shows, and the values too if they are
 * the same in every demo.
 */
export function expectedJson(text: string): unknown {
  const json = text.replace(/^ *…$/gm, `"${OMISSION}": true,`).replace(/,(?=\s*[}\]])/g, '');
  const isRefund = text.includes('"code": "refund.');
  return expectedValue(JSON.parse(json), '', (path) => VARIES.test(path) || (isRefund && VARIES_IN_REFUND.test(path)));
}

function expectedValue(value: unknown, path: string, varies: (path: string) => boolean): unknown {
  if (varies(path)) return ANY;
  if (value === null || typeof value !== 'object') return value;
  const inside = (name: string | number, inner: unknown) =>
    expectedValue(inner, path === '' ? `${name}` : `${path}.${name}`, varies);
  if (Array.isArray(value)) return value.map((item, place) => inside(place, item));
  const { [OMISSION]: isPart, ...shown } = value as Record<string, unknown>;
  const expected = Object.fromEntries(Object.entries(shown).map(([name, inner]) => [name, inside(name, inner)]));
  return isPart === undefined ? expected : (expect.objectContaining(expected) as unknown);
}
