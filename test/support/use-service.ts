import type { AppOptions } from '../../src/app';
import { Config } from '../../src/config/config';
import { onServer } from './database';
import { Service } from './service';

/**
 * Settings, or a function that returns them when the service starts, if they depend on something that starts before it.
 */
type Settings = NodeJS.ProcessEnv | (() => NodeJS.ProcessEnv);

/**
 * Starts a service before the tests of the describe block, and stops it after them. Only hooks and tests can use what
 * is returned. Hooks run in the order of their registration, so what must stop before the service is registered before
 * it.
 */
export function useService(settings: Settings = {}, options: AppOptions = {}): Service {
  const service = new Service();
  beforeAll(() => service.start(settingsNow(settings), options));
  afterAll(() => service.stop());
  return service;
}

/** Starts two services on one database server, or a single one on SQLite, which only one process can use. */
export function useServices(settings: Settings = {}): readonly [Service, ...Service[]] {
  const first = new Service();
  const second = onServer ? [new Service()] : [];
  beforeAll(async () => {
    const chosen = settingsNow(settings);
    await first.start(chosen);
    const { DATABASE_URL } = first.app.get(Config);
    for (const service of second) await service.start({ ...chosen, DATABASE_URL });
  });
  afterAll(async () => {
    for (const service of [...second, first]) await service.stop();
  });
  return [first, ...second];
}

function settingsNow(settings: Settings): NodeJS.ProcessEnv {
  return typeof settings === 'function' ? settings() : settings;
}
