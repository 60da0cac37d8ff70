import type { ReadConnection } from '../../../database/sources/read-connection';
import { ZonedClock } from '../../../lib/time/zoned-time';
import { readBatch } from './batch-reader';
import { ByteWriter } from '../formats/byte-writer';
import { CsvWriter, HEADING_LINE } from '../formats/csv-writer';
import { gzipPart, EMPTY_GZIP, type GzipState } from '../formats/gzip-part';
import type { ExportFilter, ReadPosition, RowBatch } from './read-position';

/** An export, as plain data that can be sent to a worker thread. */
export interface ExportRequest {
  /** Unique among the exports of the process. */
  readonly id: number;
  readonly filter: ExportFilter;
  /** The labels of activity types, by code. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether the CSV begins with a byte order mark. */
  readonly bom: boolean;
  /** Whether the CSV is compressed with gzip. */
  readonly gzip: boolean;
}

/** Where the next batch of an export starts. */
export interface ExportPosition {
  readonly rows: ReadPosition;
  /** What the gzip stream contains so far, if the CSV is compressed. */
  readonly gzip: GzipState;
}

/** A part of the CSV, and where the next one starts: undefined after the last part. */
export interface ExportBatch {
  readonly bytes: Uint8Array;
  readonly next: ExportPosition | undefined;
}

const BYTE_ORDER_MARK = '\ufeff';
/** More bytes than most rows have. */
const BYTES_PER_ROW = 160;

/** Rows that are read before their batch is requested. */
interface ReadAhead {
  readonly id: number;
  readonly after: string | undefined;
  readonly batch: Promise<RowBatch>;
}

/**
 * Reads the next batch of an export, and writes it as CSV. Keeps nothing of an export between its batches, except for
 * the rows that are read ahead.
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
    if (next && readAhead && this.connection.runsBeside) this.ahead = this.startReading(request, next);
    const writer = new ByteWriter(BYTES_PER_ROW * (rows.length + 1));
    if (!position) writer.writeText((request.bom ? BYTE_ORDER_MARK : '') + HEADING_LINE);
    new CsvWriter(ZonedClock.of(request.filter.timeZone), request.labels).write(rows, writer);
    const bytes = writer.finish();
    if (!request.gzip) return { bytes, next: next && { rows: next, gzip: EMPTY_GZIP } };
    const part = gzipPart(bytes, position?.gzip ?? EMPTY_GZIP, next === undefined);
    return { bytes: part.bytes, next: next && { rows: next, gzip: part.state } };
  }

  private read(request: ExportRequest, position: ReadPosition = {}): Promise<RowBatch> {
    const { ahead } = this;
    this.ahead = undefined;
    const isNext = ahead?.id === request.id && ahead.after === position.after;
    return isNext ? ahead.batch : readBatch(this.connection, request.filter, position);
  }

  private startReading({ id, filter }: ExportRequest, position: ReadPosition): ReadAhead {
    const batch = readBatch(this.connection, filter, position);
    // An error is thrown when the batch is requested.
    batch.catch(() => undefined);
    return { id, after: position.after, batch };
  }
}
