import { REPORT } from '../../support/person';
import { stockShop } from '../../support/shop';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';
import { buildUser } from '../../support/user-requests';

/** What is done, and its line in the CSV after the date. */
type Case = readonly [activity: string, act: () => PromiseLike<unknown>, line: string];

describe('each activity of sessions, pages and administration has its line in the report:', () => {
  const service = useService();
  const manager = useManager(service);
  let user: string;
  let role: string;

  beforeAll(async () => {
    const guest = await service.newUser(manager, 'guest@one.example', 'Guest');
    user = guest.user.id;
    role = (await manager.post('/v1/roles', { name: 'Old desk', privileges: [] }).expect(201)).body.id;
  });

  const cases: readonly Case[] = [
    ['user.login', () => service.login('guest@one.example'), 'Guest,Login,,,,,,'],
    [
      'user.logout',
      async () => (await service.login('guest@one.example')).post('/v1/auth/logout').expect(204),
      'Guest,Logout,,,,,,',
    ],
    [
      'page.accessed',
      () => manager.get('/v1/users?limit=1').expect(200),
      'Maria Manager,Accessed page,,,,,,Users (/v1/users)',
    ],
    [
      'user.created',
      () => manager.post('/v1/users', buildUser({ email: 'n@one.example', name: 'Nora' })).expect(201),
      'Maria Manager,Create user,,,,,,Nora <n@one.example>',
    ],
    [
      'user.updated',
      () => manager.patch(`/v1/users/${user}`, { name: 'Gus', version: 1 }).expect(200),
      'Maria Manager,Update user,,,,,,Guest <guest@one.example>',
    ],
    [
      'user.disabled',
      () => manager.patch(`/v1/users/${user}`, { status: 'disabled', version: 2 }).expect(200),
      'Maria Manager,Disable user,,,,,,Gus <guest@one.example>',
    ],
    [
      'role.created',
      () => manager.post('/v1/roles', { name: 'Desk', privileges: [] }).expect(201),
      'Maria Manager,Create role,,,,,,Desk',
    ],
    [
      'role.updated',
      () => manager.patch(`/v1/roles/${role}`, { name: 'New desk', version: 1 }).expect(200),
      'Maria Manager,Update role,,,,,,Old desk',
    ],
    ['role.deleted', () => manager.delete(`/v1/roles/${role}`).expect(204), 'Maria Manager,Delete role,,,,,,New desk'],
    [
      'account.updated',
      () => manager.patch('/v1/account', { name: 'Shop', version: 1 }).expect(200),
      'Maria Manager,Update account,,,,,,Shop',
    ],
    ['product.created', () => stockShop(manager), 'Maria Manager,Create product,,,,,,YEN: In yen'],
    [
      'report.built',
      () => manager.get(REPORT, { from: '2026-01-01', to: '2026-01-31', outcome: 'denied' }).expect(200),
      'Maria Manager,Build report,,,,,,"Users activity 2026-01-01 00:00:00 to 2026-02-01 00:00:00 Europe/Bucharest; all users; all activities; denied"',
    ],
    [
      'report.exported',
      () => manager.csv({ from: '2026-01-01', to: '2026-01-31', activity: ['user.login'] }),
      'Maria Manager,Export report,,,,,,Users activity 2026-01-01 00:00:00 to 2026-02-01 00:00:00 Europe/Bucharest; all users; Login',
    ],
  ];

  it.each(cases)('%s', async (activity, act, line) => {
    await act();
    const [, newest = ''] = (await manager.csv({ activity, outcome: 'success' })).split('\r\n');
    const [date = '', ...cells] = newest.split(',');
    expect(date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(cells.join(',')).toBe(line.replace(/^(.*),"(.*)"$/, '$1,$2'));
  });
});
