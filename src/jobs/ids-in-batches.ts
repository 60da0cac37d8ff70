/**
 * Yields ids that are read in batches. Each batch starts after the last id of the previous one, so that an id that
 * stays due is yielded only once.
 * @param take the number of ids in a batch
 * @param read reads at most `take` ids after `after`, in ascending order; without `after`, the first ones
 */
export async function* idsInBatches(
  take: number,
  read: (after: string | undefined, take: number) => Promise<string[]>,
): AsyncGenerator<string, void> {
  let batch: string[];
  let last: string | undefined;
  do {
    batch = await read(last, take);
    yield* batch;
    last = batch.at(-1);
  } while (batch.length === take);
}
