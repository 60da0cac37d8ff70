import type { ReadConnection } from '../../../database/sources/read-connection';
import { ZonedClock } from '../../../lib/time/zoned-time';
import { ByteWriter } from '../formats/byte-writer';
import { deflatePart, gzipPart, type DeflateState } from '../formats/deflate-part';
import type { Labels } from '../formats/report-columns';
import { createRowWriter, showsRecordedAt, type WritingOptions } from '../formats/row-writer';
import { addRecordedTimes } from './add-recorded-times';
import { readBatch } from './batch-reader';
import type { ExportFilter, ReadPosition, RowBatch } from './read-position';

/** An export, as plain data that can be sent to a worker thread. */
export interface ExportRequest extends WritingOptions {
  /** Unique among the exports of the process. */
  readonly id: number;
  readonly filter: ExportFilter;
  readonly labels: Labels;
  /** How the export is compressed. The parts of a deflate stream become an entry of a ZIP file. */
  readonly compression?: 'gzip' | 'deflate' | undefined;
}

/** Where the next batch of an export starts. */
export interface ExportPosition {
  readonly rows: ReadPosition;
  /** The number of rows before it. */
  readonly written: number;
  /** What the compressed stream contains so far. */
  readonly compressed: DeflateState | undefined;
}

/** A part of an export, and where the next one starts: undefined after the last part. */
export interface ExportBatch {
  readonly bytes: Uint8Array;
  readonly next: ExportPosition | undefined;
  /** What the compressed stream contains with this part. */
  readonly compressed: DeflateState | undefined;
}

/** More bytes than most rows have. */
const BYTES_PER_ROW = 160;

/** Rows that are read before their batch is requested. */
interface ReadAhead {
  readonly id: number;
  readonly after: string | undefined;
  readonly batch: Promise<RowBatch>;
}

/**
 * Reads the next batch of an export, and writes it in the format of the export. Keeps nothing of an export between its
 * batches, except for the rows that are read ahead.
 */
export class ExportBatches {
  private ahead: ReadAhead | undefined;

  constructor(private readonly connection: ReadConnection) {}

  /**
   * @param position undefined for the first batch, which begins with the headings
   * @param readAhead whether to read the rows of the next batch while this one is written: for an export that has the
   * thread to itself
   */
  async write(request: ExportRequest, position: ExportPosition | undefined, readAhead: boolean): Promise<ExportBatch> {
    const { rows, next } = await this.read(request, position?.rows);
    if (next && readAhead && this.connection.isAsynchronous) this.ahead = this.startReading(request, next);
    const bytes = new ByteWriter(BYTES_PER_ROW * (rows.length + 1));
    const writer = createRowWriter(request, ZonedClock.of(request.filter.timeZone), request.labels);
    const before = position?.written ?? 0;
    if (!position) bytes.writeText(writer.head);
    writer.write(rows, before, bytes);
    if (!next) bytes.writeText(writer.tail);
    const part = compress(bytes.finish(), request, position, next === undefined);
    const written = before + rows.length;
    return {
      bytes: part.bytes,
      compressed: part.state,
      next: next && { rows: next, written, compressed: part.state },
    };
  }

  private read(request: ExportRequest, position: ReadPosition = {}): Promise<RowBatch> {
    const { ahead } = this;
    this.ahead = undefined;
    const isNext = ahead?.id === request.id && ahead.after === position.after;
    return isNext ? ahead.batch : this.readRows(request, position);
  }

  private startReading(request: ExportRequest, position: ReadPosition): ReadAhead {
    const batch = this.readRows(request, position);
    // An error is thrown when the batch is requested.
    batch.catch(() => undefined);
    return { id: request.id, after: position.after, batch };
  }

  private async readRows(request: ExportRequest, position: ReadPosition): Promise<RowBatch> {
    const { rows, next } = await readBatch(this.connection, request.filter, position);
    if (!showsRecordedAt(request)) return { rows, next };
    return { rows: await addRecordedTimes(this.connection, request.filter, rows), next };
  }
}

function compress(
  bytes: Uint8Array,
  { compression }: ExportRequest,
  position: ExportPosition | undefined,
  isLast: boolean,
): { readonly bytes: Uint8Array; readonly state?: DeflateState } {
  if (compression === undefined) return { bytes };
  const place = { before: position?.compressed, isLast };
  return compression === 'gzip' ? gzipPart(bytes, place) : deflatePart(bytes, place);
}
