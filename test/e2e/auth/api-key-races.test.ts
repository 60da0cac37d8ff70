import { AccessBounds } from '../../../src/access/members/access-bounds';
import { User } from '../../../src/access/members/user.entity';
import { UnitOfWork } from '../../../src/database/unit-of-work';
import { makeKey } from '../../support/api-keys';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const KEYS = '/v1/api-keys';

describe('API keys that are changed by several at once', () => {
  const service = useService();
  const manager = useManager(service);

  afterEach(() => jest.restoreAllMocks());

  it('get one name each', async () => {
    for (let round = 0; round < 4; round++) {
      const request = { name: `Twin ${round}`, privileges: ['orders'] };
      const answers = await Promise.all(Array.from({ length: 5 }, () => manager.post(KEYS, request)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
      for (const { status, body } of answers) if (status === 409) expect(body.code).toBe('api_key_name_taken');
    }
  });

  it('are revoked once', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await makeKey(service, manager);
      const answers = await Promise.all(Array.from({ length: 4 }, () => manager.delete(`${KEYS}/${id}`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409]);
      const { body } = await manager.get(`${KEYS}/${id}`).expect(200);
      expect(body.status).toBe('revoked');
    }
  });

  it('are revoked while they are used: what comes after is refused', async () => {
    for (let round = 0; round < 4; round++) {
      const { id, program } = await makeKey(service, manager);
      const [revoked, ...used] = await Promise.all([
        manager.delete(`${KEYS}/${id}`),
        ...Array.from({ length: 8 }, () => program.get('/v1/reports/users-activity')),
      ]);
      expect(revoked.status).toBe(204);
      for (const { status } of used) expect([200, 401]).toContain(status);
      await program.get('/v1/auth/me').expect(401);
    }
  });

  it('do not outlive a maker who is disabled while they are made', async () => {
    for (let round = 0; round < 4; round++) {
      const email = `dora${round}@one.example`;
      const deputy = await service.newUser(manager, email, 'Dora', ['api_keys', 'orders']);
      const path = `/v1/users/${deputy.user.id}`;
      const { version } = (await manager.get(path).expect(200)).body;
      const request = { name: `Late ${round}`, privileges: ['orders'] };
      const [disabled, made] = await Promise.all([
        manager.patch(path, { status: 'disabled', version }),
        deputy.post(KEYS, request),
      ]);
      expect(disabled.status).toBe(200);
      expect([201, 401]).toContain(made.status);
      await manager.patch(path, { status: 'active', version: disabled.body.version }).expect(200);
      if (made.status !== 201) continue;
      const { body } = await manager.get(`${KEYS}/${made.body.id}`).expect(200);
      expect(body.status).toBe('user_disabled');
    }
  });

  it('are not made by a user who was disabled since the request began', async () => {
    const deputy = await service.newUser(manager, 'dora@one.example', 'Dora', ['api_keys', 'orders']);
    const bounds = service.app.get(AccessBounds);
    // As if the lock had to wait for whoever disables the user.
    jest.spyOn(bounds, 'lock').mockImplementationOnce(async () => {
      const disabled = { status: 'disabled' as const, disabledAt: new Date() };
      await service.app.get(UnitOfWork).manager.update(User, { id: deputy.user.id }, disabled);
    });
    const { body } = await deputy.post(KEYS, { name: 'Late', privileges: ['orders'] }).expect(401);
    expect(body.code).toBe('user_disabled');
    expect((await manager.get(KEYS, { limit: 1000 }).expect(200)).body.data).not.toContainEqual(
      expect.objectContaining({ name: 'Late' }),
    );
  });
});
