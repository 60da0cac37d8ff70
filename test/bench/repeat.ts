/** Repetitions of a measurement. */
const REPETITIONS = 3;
/** Seconds after which a measurement is not repeated any more. */
const LONGEST = 180;

/** Measures ours and the baseline in turn, so that a change of the machine's speed affects both. */
export async function measureInTurn(
  ours: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<{ readonly ours: readonly number[]; readonly baseline: readonly number[] }> {
  const values = { ours: [] as number[], baseline: [] as number[] };
  const start = performance.now();
  while (values.ours.length < REPETITIONS && performance.now() - start < LONGEST * 1000) {
    values.ours.push(await ours());
    values.baseline.push(await baseline());
  }
  return values;
}
