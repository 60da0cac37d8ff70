import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

interface Compose {
  readonly services: { readonly service: { readonly stop_grace_period: string; readonly environment: Settings } };
}
type Settings = Readonly<Record<string, number>>;

describe('the compose file of production', () => {
  const { services } = parse(readFileSync(resolve('docker/compose.yaml'), 'utf8'), { merge: true }) as Compose;
  const { stop_grace_period: grace, environment } = services.service;

  it('gives load balancers time to notice that the service stops', () => {
    expect(environment.DRAIN_SECONDS).toBe(5);
  });

  it('gives the service enough time to stop and to close its database before it is killed', () => {
    expect(grace).toMatch(/^\d+s$/);
    expect(parseInt(grace)).toBeGreaterThan(environment.DRAIN_SECONDS! + environment.SHUTDOWN_SECONDS! + 1);
  });
});
