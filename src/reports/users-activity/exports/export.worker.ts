import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { driverErrorOf, type DriverError } from '../../../database/driver-error';
import { readConnection, type ReadConnectionOptions } from '../../../database/sources/read-connection';
import { ExportBatches, type ExportBatch, type ExportPosition, type ExportRequest } from './export-batches';

/** The next part of an export to write. */
export interface ExportTask {
  readonly request: ExportRequest;
  readonly position: ExportPosition | undefined;
  /** Whether to read the rows of the next part while this one is written. */
  readonly readAhead: boolean;
}

/** The part, or the error of the database, whose properties would be lost if it were thrown between threads. */
export type ExportAnswer = ExportBatch | { readonly error: DriverError };

const connection = readConnection(workerData as ReadConnectionOptions);
const batches = new ExportBatches(connection);

/** Opens the connection before the first batch needs it. */
export async function connect(): Promise<void> {
  await connection.read({ sql: 'SELECT 1', values: [] });
}

/** Runs in a worker thread: reads the next batch of an export, and moves its bytes to the main thread. */
export async function writeBatch({ request, position, readAhead }: ExportTask): Promise<unknown> {
  try {
    const batch = await batches.write(request, position, readAhead);
    const transfers = [batch.bytes.buffer as ArrayBuffer];
    return move({ [transferableSymbol]: transfers, [valueSymbol]: batch satisfies ExportAnswer });
  } catch (error) {
    return { error: driverErrorOf(error) } satisfies ExportAnswer;
  }
}
