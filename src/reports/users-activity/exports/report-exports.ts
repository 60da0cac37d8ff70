import { HttpStatus, Injectable } from '@nestjs/common';
import type { ActivityFilter } from '../../../activities/filter/activity-filter';
import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import { Config } from '../../../config/config';
import { Problem } from '../../../http/problems/problem';
import { lowestIdAt } from '../../../lib/time-ordered-id';
import { moreColumnsOf, type WritingOptions } from '../formats/row-writer';
import { ActivityReader } from '../reading/activity.reader';
import type { ExportPosition, ExportRequest } from './export-batches';
import { ExportPool } from './export-pool';
import { ReportExport } from './report-export';
import { SheetLimit } from './sheet-limit';
import { streamBatches } from './stream-batches';

/** Seconds after which a client can try again when the account has the maximum number of exports. */
const RETRY_AFTER = 10;

/** How a report is exported. */
export interface ExportOptions extends WritingOptions {
  /** Whether the client accepts gzip. An XLSX file is compressed already. */
  readonly gzip: boolean;
}

/** Starts exports of the report, and bounds how many of an account run at once in this process. */
@Injectable()
export class ReportExports {
  /** The number of running exports and summaries by account. */
  private readonly running = new Map<string, number>();
  private lastId = 0;

  constructor(
    private readonly config: Config,
    private readonly pool: ExportPool,
    private readonly reader: ActivityReader,
    private readonly sheetLimit: SheetLimit,
  ) {}

  /**
   * Starts an export. Writes the first batch before it returns, so that the response can still be a 503 if the database
   * is unavailable. The export ends when its stream is closed.
   * @param hasLeft returns whether the client has left, so that an export that has not started yet is stopped
   */
  async start(
    filter: ActivityFilter,
    catalogue: AccountCatalogue,
    options: ExportOptions,
    hasLeft: () => boolean,
  ): Promise<ReportExport> {
    const release = this.take(filter.accountId);
    try {
      const { format, gzip } = options;
      const upTo = await this.findUpperBound(filter);
      const exported = { ...filter, codes: catalogue.codes, upTo };
      if (format === 'xlsx') await this.sheetLimit.assertFits(exported, hasLeft);
      const request: ExportRequest = {
        ...options,
        id: ++this.lastId,
        filter: { ...exported, moreColumns: moreColumnsOf(options) },
        labels: Object.fromEntries(catalogue.codes.map((code) => [code, catalogue.labelOf(code)])),
        compression: format === 'xlsx' ? 'deflate' : gzip ? 'gzip' : undefined,
      };
      const write = (position?: ExportPosition) => this.pool.writeBatch(request, position, this.hasFreeThreads());
      const stream = streamBatches(format, await write(), write);
      stream.once('close', release);
      return new ReportExport(stream, filter, format, gzip && format !== 'xlsx' ? 'gzip' : undefined);
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Counts an export or a summary of the account, and returns a function that ends it.
   * @throws Problem if there are too many
   */
  take(accountId: string): () => void {
    const running = this.running.get(accountId) ?? 0;
    if (running >= this.config.EXPORTS_PER_ACCOUNT) throw tooManyExports(running);
    this.running.set(accountId, running + 1);
    return () => {
      const left = (this.running.get(accountId) ?? 0) - 1;
      if (left > 0) this.running.set(accountId, left);
      else this.running.delete(accountId);
    };
  }

  /** Returns whether each export and each summary has a worker thread to itself. */
  hasFreeThreads(): boolean {
    const total = [...this.running.values()].reduce((sum, count) => sum + count, 0);
    return total <= this.config.EXPORT_WORKERS;
  }

  /**
   * With the oldest activity first, an export ends at the activity that is the newest at its start. With the newest
   * first it needs no bound, because later activities come before it.
   */
  private async findUpperBound(filter: ActivityFilter): Promise<string | undefined> {
    if (filter.order === 'desc') return undefined;
    return (await this.reader.findNewestId(filter)) ?? lowestIdAt(new Date(0));
  }
}

function tooManyExports(running: number): Problem {
  const detail = `${running} exports and summaries of the account are running, which is the maximum. Wait until one of them has ended.`;
  return new Problem(HttpStatus.TOO_MANY_REQUESTS, 'too_many_exports', detail, [], { 'Retry-After': `${RETRY_AFTER}` });
}
