import { Config } from '../../../src/config/config';
import { ServiceProcess } from '../../support/process';
import { useService } from '../../support/use-service';

const DEMO_PASSWORD = 'only the demo knows it';

describe('a service with DEMO_PASSWORD in its environment that is not the demo', () => {
  let service: ServiceProcess;

  afterAll(() => service.kill());
  const migrated = useService();
  beforeAll(async () => {
    const { DATABASE_URL } = migrated.app.get(Config);
    service = await ServiceProcess.start({ DATABASE_URL, DEMO_PASSWORD, SCHEDULE_JOBS: 'false' });
  });

  it.each(['/openapi.json', '/openapi.yaml', '/docs/swagger-ui-init.js'])('serves %s without it', async (path) => {
    const response = await fetch(service.url + path);
    expect(response.status).toBe(200);
    const document = await response.text();
    expect(document).toContain('/v1/auth/login');
    expect(document.includes(DEMO_PASSWORD)).toBe(false);
  });
});
