import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { driverErrorOf, type DriverError } from '../../../database/driver-error';
import { readConnection, type ReadConnectionOptions } from '../../../database/sources/read-connection';
import * as slice from '../counting/slice';
import type { SliceTask } from '../counting/slice';
import { ExportBatches, type ExportBatch, type ExportPosition, type ExportRequest } from './export-batches';
import * as rowCount from './row-count';
import type { CountTask, PlaceTask } from './row-count';

/** The next part of an export to write. */
export interface ExportTask {
  readonly request: ExportRequest;
  readonly position: ExportPosition | undefined;
  /** Whether to read the rows of the next part while this one is written. */
  readonly readAhead: boolean;
}

/** What a task returns, or the error of the database, whose properties would be lost if it were thrown between threads. */
export type Answer<Result> = Result | { readonly error: DriverError };

const connection = readConnection(workerData as ReadConnectionOptions);
const batches = new ExportBatches(connection);

/** Opens the connection before the first batch needs it. */
export async function connect(): Promise<void> {
  await connection.read({ sql: 'SELECT 1', values: [] });
}

/** Reads the next batch of an export, and moves its bytes to the main thread. */
export function writeBatch({ request, position, readAhead }: ExportTask): Promise<unknown> {
  return answer(async () => {
    const batch = await batches.write(request, position, readAhead);
    const transfers = [batch.bytes.buffer as ArrayBuffer];
    return move({ [transferableSymbol]: transfers, [valueSymbol]: batch satisfies ExportBatch });
  });
}

/** Finds the row of an account at a place. */
export function findRowAt(task: PlaceTask): Promise<unknown> {
  return answer(() => rowCount.findRowAt(connection, task));
}

/** Counts the rows of the next batch of an export. */
export function countBatch(task: CountTask): Promise<unknown> {
  return answer(() => rowCount.countBatch(connection, task));
}

/** Counts a slice of a summary. */
export function countSlice(task: SliceTask): Promise<unknown> {
  return answer(() => slice.countSlice(connection, task));
}

async function answer(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return { error: driverErrorOf(error) };
  }
}
