import { Readable } from 'node:stream';
import { EMPTY_STREAM, type CompressedPart } from '../formats/deflate-part';
import type { ExportFormat } from '../formats/export-format';
import { packWorkbook } from '../formats/workbook';
import type { ExportBatch, ExportPosition } from './export-batches';

type WriteNext = (position: ExportPosition) => Promise<ExportBatch>;

/**
 * Streams the batches of an export. Requests the next batch while the client receives the last one, and no more until
 * the client has received it; stops when the client disconnects. A batch that fails breaks the connection.
 */
export function streamBatches(format: ExportFormat, first: ExportBatch, writeNext: WriteNext): Readable {
  const parts = partsOf(first, writeNext);
  return Readable.from(format === 'xlsx' ? packWorkbook(parts) : bytesOf(parts), { objectMode: false });
}

async function* partsOf(first: ExportBatch, writeNext: WriteNext): AsyncGenerator<CompressedPart> {
  let batch: ExportBatch | undefined = first;
  while (batch) {
    const next: Promise<ExportBatch> | undefined = batch.next && writeNext(batch.next);
    // The error is thrown when the batch is awaited, unless the client has disconnected before.
    next?.catch(() => undefined);
    yield { bytes: batch.bytes, state: batch.compressed ?? EMPTY_STREAM };
    batch = await next;
  }
}

async function* bytesOf(parts: AsyncIterable<CompressedPart>): AsyncGenerator<Uint8Array> {
  // A batch has no bytes if it looked at rows and none matched.
  for await (const { bytes } of parts) if (bytes.length > 0) yield bytes;
}
