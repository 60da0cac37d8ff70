import { prepareDatabase, type FilledDatabase } from './database/prepare';
import type { BenchOptions } from './options';
import { INTERVAL } from './rows/activity-rows';
import { BenchService } from './service/bench-service';
import { Client } from './service/client';

/** Rows of the small database, beside which the pages of the large one are measured. */
const SMALL = 100_000;

/** The service with a user of the account that has most of the rows. */
export interface RunningBench {
  readonly service: BenchService;
  readonly manager: Client;
}

/** The databases of a run, and the service on them. */
export class Bench {
  private readonly tokens = new Map<string, string>();

  private constructor(
    private readonly options: BenchOptions,
    readonly database: FilledDatabase,
  ) {}

  static async prepare(options: BenchOptions): Promise<Bench> {
    return new Bench(options, await prepareDatabase(options.database, options.rows));
  }

  /** Returns the small database, which has at most a tenth of the rows. */
  prepareSmall(): Promise<FilledDatabase> {
    return prepareDatabase(this.options.database, Math.min(SMALL, Math.floor(this.options.rows / 10)));
  }

  /** Runs work with the service, which starts before it and stops after it. */
  async withService<Value>(
    work: (running: RunningBench) => Promise<Value>,
    { database = this.database, program }: { readonly database?: FilledDatabase; readonly program?: string } = {},
  ): Promise<Value> {
    const service = await BenchService.start(database.url, program);
    try {
      return await work({ service, manager: await this.login(service, database) });
    } finally {
      await service.stop();
    }
  }

  /** Runs work with a server that is no part of the service. */
  async withBareService<Value>(work: (service: BenchService) => Promise<Value>): Promise<Value> {
    const service = await BenchService.start(
      this.database.url,
      require.resolve('./baselines/bare-service'),
      '/constant',
    );
    try {
      return await work(service);
    } finally {
      await service.stop();
    }
  }

  /** Logs in once for all services on the same database. */
  private async login(service: BenchService, { url, account }: FilledDatabase): Promise<Client> {
    const token = this.tokens.get(url) ?? (await service.login(account)).token!;
    this.tokens.set(url, token);
    return new Client(service.url, token);
  }
}

const REPORT = '/v1/reports/users-activity';

/**
 * Returns the path of a report with these query parameters, such as `outcome=failure`. Its interval is that of the
 * generated rows, unless the parameters set it.
 */
export function reportPath(...parameters: readonly string[]): string {
  const interval = Object.entries(INTERVAL)
    .filter(([name]) => !parameters.some((parameter) => parameter.startsWith(`${name}=`)))
    .map(([name, moment]) => `${name}=${new Date(moment).toISOString()}`);
  return `${REPORT}?${[...interval, ...parameters].join('&')}`;
}

/** Days in UTC that are the most local days that a summary covers, in every time zone. */
const SUMMARY_DAYS = 399;
export const INTERVAL_OF_SUMMARY = { from: INTERVAL.to - SUMMARY_DAYS * 24 * 60 * 60_000, to: INTERVAL.to };

/** Returns the path of a summary of the newest records with these query parameters, in UTC unless they set a zone. */
export function summaryPath(...parameters: readonly string[]): string {
  const interval = Object.entries(INTERVAL_OF_SUMMARY).map(
    ([name, moment]) => `${name}=${new Date(moment).toISOString()}`,
  );
  const zone = parameters.some((parameter) => parameter.startsWith('timeZone=')) ? [] : ['timeZone=UTC'];
  return `${REPORT}/summary?${[...interval, ...zone, ...parameters].join('&')}`;
}
