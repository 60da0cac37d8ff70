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

/** What one fault came to. */
export interface Outcome extends Findings {
  readonly name: string;
  readonly journal: Journal;
  /** Milliseconds from the end of each fault until an operation was acknowledged again. */
  readonly recoveries: readonly number[];
}

/** Makes a folder that every user may look into, because a database server gives up root's rights. */
export async function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'faults-'));
}

/** Services on one database, a shop in it, and a mail server. */
export class Testbed {
  private constructor(
    readonly folder: string,
    readonly services: readonly RunningService[],
    /** The databases that the services use, by their addresses. */
    private readonly urls: readonly string[],
    readonly shop: Shop,
    readonly mails: MailServer,
  ) {}

  /**
   * Migrates the first database, starts a service over each of them and opens the shop.
   * @param urls addresses of one database: more than one where it has several servers
   */
  static async open(folder: string, urls: readonly string[], settings: Record<string, string> = {}): Promise<Testbed> {
    const DATABASE_URL = urls[0]!;
    await runCli(['migrate'], { DATABASE_URL });
    const password = await createAccount({ DATABASE_URL });
    const mails = await MailServer.start();
    const ports = await findFreePorts(urls.length);
    const services = urls.map((url, place) => {
      const own = { DATABASE_URL: url, SMTP_URL: `smtp://127.0.0.1:${mails.port}`, ...settings };
      return new RunningService(own, ports[place]!, join(folder, `service-${place + 1}.log`));
    });
    await Promise.all(services.map((service) => service.start()));
    const shop = await openShop(services[0]!.url, password);
    return new Testbed(folder, services, urls, shop, mails);
  }

  get service(): RunningService {
    return this.services[0]!;
  }

  /** Lets clients use all services while something is done to them, and answers what clients asked for and got. */
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

  /** Compares what was acknowledged with what is there, as one of the databases tells it. */
  async collectFindings(journal: Journal, place = 0): Promise<Findings> {
    const manager = await this.shop.manager(this.services[place]!.url);
    return this.withDatabase((source) => findEffects(journal, this.shop, manager, source), place);
  }

  /** Looks into one of the databases without the service. */
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
 * Milliseconds from a moment until the next acknowledgement, waiting for it.
 * @param urls of the services in question; any of them if they are left out
 */
export async function measureRecovery(moment: number, journal: Journal, urls?: readonly string[]): Promise<number> {
  const acknowledged = () => journal.firstAcknowledgedAfter(moment, urls);
  await waitUntil('clients get acknowledgements again', () => acknowledged() !== undefined);
  return acknowledged()! - moment;
}

/** Removes a folder with everything that was kept in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
