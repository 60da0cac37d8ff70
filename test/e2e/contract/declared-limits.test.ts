import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

/** Limits of the contract that no feature is about: beyond them, a value can only be wrong. */
describe('a limit of the contract', () => {
  const service = useService();
  const manager = useManager(service);

  it('is the largest version that a change can be based on', async () => {
    const { body } = await manager.patch('/v1/account', { name: 'Renamed', version: 2 ** 31 }).expect(400);
    expect(body.errors).toMatchObject([{ field: '/version', code: 'out_of_range' }]);
    await manager.patch('/v1/account', { name: 'Renamed', version: 2 ** 31 - 1 }).expect(409);
  });

  it('is the number of activity types in the filter of a report', async () => {
    const codes = Array.from({ length: 201 }, (_, index) => `activity=custom.type_${index}`);
    const { body } = await manager.get(`/v1/reports/users-activity?${codes.join('&')}`).expect(400);
    expect(body.errors).toMatchObject([{ field: 'activity', code: 'too_many' }]);
  });

  it('is the length of a language tag, even if its canonical form is shorter', async () => {
    const tag = 'en-u-kn-true-kb-true-kc-true-kf-true';
    expect(tag.length).toBeGreaterThan(35);
    expect(Intl.getCanonicalLocales(tag)[0]!.length).toBeLessThan(35);
    const { body } = await manager.get(`/v1/email-templates?language=${tag}`).expect(400);
    expect(body.errors).toMatchObject([{ field: 'language', code: 'language_unknown' }]);
  });
});
