/**
 * Reads ids in batches of so many, each past the last id of the one before, so that an id which stays due is not met twice.
 * @param read reads at most `take` ids past `after`, in their order; the first ones where it is undefined
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
