import { HttpStatus, Injectable } from '@nestjs/common';
import { Problem } from '../../../http/problems/problem';
import { CLIENT_LEFT } from '../../../http/server/client-left';
import { MAX_SHEET_ROWS } from '../formats/sheet-writer';
import { planReading } from '../reading/read-plan';
import { ExportPool } from './export-pool';
import type { ExportFilter, ReadPosition } from './read-position';

/** Number of queries that look for the last row that fits into a sheet, so that none of them takes long. */
const STEPS = 8;

/** Refuses exports with more rows than a sheet can have, before their first byte. */
@Injectable()
export class SheetLimit {
  /** The most rows of a sheet, without the heading. */
  readonly maxRows: number = MAX_SHEET_ROWS;

  constructor(private readonly pool: ExportPool) {}

  /**
   * First checks whether the account has more rows in the interval than a sheet can have, which reads only ids. Only
   * then counts the rows that match.
   * @param hasLeft returns whether the client has left, so that the rows are not counted further
   * @throws Problem 422 if there are too many rows
   */
  async assertFits(filter: ExportFilter, hasLeft: () => boolean): Promise<void> {
    if (!(await this.hasMoreRowsInInterval(filter, hasLeft))) return;
    if (includesAll(filter) || (await this.hasMoreMatchingRows(filter, hasLeft))) {
      const detail =
        `The report has more than ${this.maxRows} rows, which is the most that an XLSX file can have. ` +
        'Choose a shorter interval, or export it as CSV or NDJSON.';
      throw new Problem(HttpStatus.UNPROCESSABLE_ENTITY, 'too_many_rows', detail);
    }
  }

  private async hasMoreRowsInInterval(filter: ExportFilter, hasLeft: () => boolean): Promise<boolean> {
    const step = Math.ceil((this.maxRows + 1) / STEPS);
    let after: string | undefined;
    for (let left = this.maxRows + 1; left > 0; left -= step) {
      if (hasLeft()) throw CLIENT_LEFT;
      after = await this.pool.findRowAt({ filter, after, place: Math.min(step, left) - 1 });
      if (after === undefined) return false;
    }
    return true;
  }

  private async hasMoreMatchingRows(filter: ExportFilter, hasLeft: () => boolean): Promise<boolean> {
    let count = 0;
    let position: ReadPosition | undefined;
    do {
      if (hasLeft()) throw CLIENT_LEFT;
      const batch = await this.pool.countBatch({ filter, position });
      count += batch.count;
      position = batch.next;
    } while (position && count <= this.maxRows);
    return count > this.maxRows;
  }
}

/** Returns whether every row in the interval matches a filter. */
function includesAll(filter: ExportFilter): boolean {
  const { ranges, conditions, isSelective } = planReading(filter, filter.codes);
  return !ranges && conditions.length === 0 && !isSelective;
}
