import { Config } from '../../src/config/config';
import { DatabaseProxy } from './database-proxy';
import { Person } from './person';
import { Service } from './service';
import { useService } from './use-service';

/** Two services on one database server, and a manager who uses the one that a proxy connects with the server. */
interface ProxiedService {
  /** Reaches the server directly, to see what is stored. */
  readonly service: Service;
  readonly proxied: Service;
  /** Breaks the connections of `proxied`. */
  readonly proxy: DatabaseProxy;
  readonly manager: Person;
}

/**
 * Starts two services before the tests of the describe block, and stops them after them. Only hooks and tests can use
 * what is returned. SQLite has no connection that could break, so this needs a server.
 * @param settings returns the settings of the service behind the proxy; by default, it uses the proxy for everything
 */
export function useProxiedService(
  settings = (proxyUrl: string): NodeJS.ProcessEnv => ({ DATABASE_URL: proxyUrl }),
): ProxiedService {
  const proxied = new Service();
  const started: { proxy?: DatabaseProxy; manager?: Person } = {};
  // Before the hooks of the service whose database both use.
  afterAll(async () => {
    await proxied.stop();
    await started.proxy?.stop();
  });
  const service = useService();
  beforeAll(async () => {
    const { DATABASE_URL } = service.app.get(Config);
    started.proxy = await DatabaseProxy.start(DATABASE_URL);
    await proxied.start({ DATABASE_URL, ...settings(started.proxy.url) });
    const { token, user } = await service.newManager('manager@one.example');
    started.manager = new Person(proxied.url, token, user);
  });
  return {
    service,
    proxied,
    get proxy() {
      return started.proxy!;
    },
    get manager() {
      return started.manager!;
    },
  };
}
