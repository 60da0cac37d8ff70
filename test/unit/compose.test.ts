import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/config/config';

interface Container {
  readonly image: string;
  readonly stop_grace_period: string;
  readonly environment: Readonly<Record<string, string | number>>;
}
interface Compose {
  readonly services: { readonly service: Container; readonly migrate: Container };
}

/** The settings that an operator cannot set, and why. */
const OWN_SETTINGS = {
  DATABASE_URL: 'names the database of the file',
  DRAIN_SECONDS: 'must fit into the time that Docker gives the service to stop',
  SHUTDOWN_SECONDS: 'must fit into the time that Docker gives the service to stop',
};
const ABSENT_SETTINGS = {
  HOST: 'is set by the image: a container listens on every address',
  PORT: 'is set by the image; for an operator, it is the port of the machine',
  DEMO_PASSWORD: 'is read by the demo alone',
};

describe('the compose file of production', () => {
  const { services } = parse(readFileSync(resolve('docker/compose.yaml'), 'utf8'), { merge: true }) as Compose;
  const { stop_grace_period: grace, environment, image } = services.service;

  it('passes every setting on, to the migrations too', () => {
    const passedOn = Object.keys(SETTINGS).filter((name) => !(name in ABSENT_SETTINGS));
    expect(Object.keys(environment).sort()).toEqual(passedOn.sort());
    for (const name of passedOn.filter((name) => !(name in OWN_SETTINGS))) {
      expect(environment[name]).toBe(`\${${name}:-}`);
    }
    expect(services.migrate.environment).toEqual(environment);
  });

  it('builds one image', () => {
    expect(image).toBe('user-activity-reports');
    expect(services.migrate.image).toBe(image);
  });

  it('gives load balancers time to notice that the service stops', () => {
    expect(environment.DRAIN_SECONDS).toBe(5);
  });

  it('gives the service enough time to stop and to close its database before it is killed', () => {
    expect(grace).toMatch(/^\d+s$/);
    expect(parseInt(grace)).toBeGreaterThan(
      Number(environment.DRAIN_SECONDS) + Number(environment.SHUTDOWN_SECONDS) + 1,
    );
  });
});
