import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { loadConfig } from '../../src/config/config';
import { writeSourceOptions } from '../../src/database/sources/data-sources';
import { MailServer } from '../support/mail-server';
import { findEffects, type Findings } from './findings';
import { Journal } from './journal';
import { Load } from './load';
import { findFreePorts, waitUntil } from './network';
import { RunningService } from './running-service';
import { createAccount, openShop, runCli, type Shop } from './shop';

/** The outcome of one fault. */
export interface Outcome extends Findings {
  readonly name: string;
  readonly journal: Journal;
  /** Milliseconds from the end of each fault until the next acknowledgement. */
  readonly recoveries: readonly number[];
}

/** Creates a temporary folder for the databases and logs of a run. */
export async function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'faults-'));
}

/** Services that share a database, with a shop in it and a mail server. */
export class Testbed {
  private constructor(
    readonly folder: string,
    readonly services: readonly RunningService[],
    /** URLs of the database, one for each service. */
    private readonly urls: readonly string[],
    readonly shop: Shop,
    readonly mails: MailServer,
  ) {}

  /**
   * Migrates the database, starts the services, and creates the shop.
   * @param urls of one database: one for each service, several if the database has several servers
   */
  static async open(folder: string, urls: readonly string[], settings: Record<string, string> = {}): Promise<Testbed> {
    const DATABASE_URL = urls[0]!;
    await runCli(['migrate'], { DATABASE_URL });
    const password = await createAccount({ DATABASE_URL });
    const mails = await MailServer.start();
    const ports = await findFreePorts(urls.length);
    const services = urls.map((url, place) => {
      const serviceSettings = { DATABASE_URL: url, SMTP_URL: `smtp://127.0.0.1:${mails.port}`, ...settings };
      return new RunningService(serviceSettings, ports[place]!, join(folder, `service-${place + 1}.log`));
    });
    await Promise.all(services.map((service) => service.start()));
    const shop = await openShop(services[0]!.url, password);
    return new Testbed(folder, services, urls, shop, mails);
  }

  get service(): RunningService {
    return this.services[0]!;
  }

  /**
   * Injects a fault while clients use all services. Returns the journal of the clients, and the result of the fault.
   */
  async runUnderLoad(prefix: string, fault: (journal: Journal) => Promise<number[]>): Promise<[Journal, number[]]> {
    const journal = new Journal();
    const load = new Load(
      this.shop,
      this.services.map(({ url }) => url),
      journal,
      prefix,
    );
    load.start();
    try {
      return [journal, await fault(journal)];
    } finally {
      await load.stop();
    }
  }

  /** Compares the journal with the data that one of the services and its database return. */
  async collectFindings(journal: Journal, place = 0): Promise<Findings> {
    const manager = await this.shop.manager(this.services[place]!.url);
    return this.withDatabase((source) => findEffects(journal, this.shop, manager, source), place);
  }

  /** Runs queries on one of the databases directly. */
  async withDatabase<Result>(look: (source: DataSource) => Promise<Result>, place = 0): Promise<Result> {
    const config = loadConfig({ DATABASE_URL: this.urls[place]! });
    const source = await new DataSource(writeSourceOptions(config, [])).initialize();
    try {
      return await look(source);
    } finally {
      await source.destroy();
    }
  }

  async close(): Promise<void> {
    for (const service of this.services) await service.kill();
    await this.mails.stop();
  }
}

/**
 * Waits for the next acknowledgement after a moment, and returns the milliseconds it took.
 * @param urls of the services to consider; all by default
 */
export async function measureRecovery(moment: number, journal: Journal, urls?: readonly string[]): Promise<number> {
  const acknowledged = () => journal.firstAcknowledgedAfter(moment, urls);
  await waitUntil('clients get acknowledgements again', () => acknowledged() !== undefined);
  return acknowledged()! - moment;
}

/** Deletes a folder and its content. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
