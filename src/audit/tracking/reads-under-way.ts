import { Injectable } from '@nestjs/common';
import type { RecordedRead } from './earlier-records';

/** Ends a read. @param record the id of the record that covers it; undefined if it was not recorded */
export type EndRead = (record: string | undefined) => void;

/**
 * The reads that this process is recording, so that requests that arrive at the same time can share one record. Reads in
 * other processes are not known here.
 */
@Injectable()
export class ReadsUnderWay {
  private readonly records = new Map<string, Promise<string | undefined>>();

  /**
   * Returns the same read that began before and has not ended; undefined if there is none. It resolves with the id of the
   * committed record that covers it, or with undefined if there is no such record.
   */
  find(read: RecordedRead): Promise<string | undefined> | undefined {
    return this.records.get(keyOf(read));
  }

  /** Begins a read. @returns a function that ends it, which must be called */
  begin(read: RecordedRead): EndRead {
    const key = keyOf(read);
    let resolve: EndRead = () => undefined;
    this.records.set(key, new Promise((resolveRecord) => (resolve = resolveRecord)));
    return (record) => {
      this.records.delete(key);
      resolve(record);
    };
  }
}

function keyOf({ accountId, userId, type, details }: RecordedRead): string {
  return JSON.stringify([accountId, userId, type, details]);
}
