import { ActivityType, OUTCOMES } from '../../../src/audit/catalogue/activity-type';
import { SeededRandom } from '../../../src/lib/seeded-random';
import type { Person, Query, Row } from '../../support/person';
import { recordFor, type RecordFields } from '../../support/records';
import { useManager } from '../../support/use-people';
import { useService } from '../../support/use-service';

const ROWS = 3000;
const NEWEST = Date.parse('2026-03-01T12:00:00Z');
const ACTIVITIES = [ActivityType.PageAccessed, ActivityType.UserLogin, ActivityType.UserLogout];
/** Most come in bursts, so that ids of one millisecond meet where index ranges are merged. */
const BURST = 7;

describe('a filtered report', () => {
  const service = useService();
  const manager = useManager(service);
  let people: Person[];
  let all: Row[];

  beforeAll(async () => {
    people = [manager];
    for (const name of ['Ann', 'Bob']) people.push(await service.newUser(manager, `${name}@one.example`, name));
    const random = new SeededRandom(7);
    const told = Array.from({ length: ROWS }, (_, number) => {
      const outcome = random.pickWeighted([
        { outcome: OUTCOMES[0], weight: 20 },
        { outcome: OUTCOMES[1], weight: 4 },
        { outcome: OUTCOMES[2], weight: 1 },
      ]).outcome;
      const at = new Date(NEWEST - Math.floor(number / BURST) * 1000);
      return {
        person: random.pick(people),
        activity: { at, outcome, type: random.pick(ACTIVITIES) } satisfies RecordFields,
      };
    });
    for (const person of people) {
      const own = told.filter((row) => row.person === person).map(({ activity }) => activity);
      await recordFor(service, person, own);
    }
    all = await manager.walk({ ...interval, limit: 1000 });
  });

  const interval = { from: '2026-02-01', to: '2026-03-02' };
  const some = <Item>(items: readonly Item[], ...places: number[]) => places.map((place) => items[place]!);

  it('has all that was recorded, without a filter', () => {
    expect(all).toHaveLength(ROWS);
  });

  it.each(['desc', 'asc'])('is what the whole report has of it, whichever filters meet: %s', async (order) => {
    const inOrder = order === 'desc' ? all : [...all].reverse();
    for (const users of [[], [1], [0, 2], [0, 1, 2]]) {
      for (const activities of [[], [1], [0, 2]]) {
        for (const outcomes of [[], [2], [1, 2]]) {
          const filter = {
            userId: some(people, ...users).map(({ user }) => user.id),
            activity: some(ACTIVITIES, ...activities),
            outcome: some(OUTCOMES, ...outcomes),
          };
          const expected = inOrder.filter(
            (row) =>
              (users.length === 0 || filter.userId.includes(row.user.id!)) &&
              (activities.length === 0 || filter.activity.includes(row.activity.code as never)) &&
              (outcomes.length === 0 || filter.outcome.includes(row.outcome as never)),
          );
          const query: Query = { ...interval, ...filter, order };
          expect((await manager.walk({ ...query, limit: 700 })).map(({ id }) => id)).toEqual(
            expected.map(({ id }) => id),
          );
          const lines = (await manager.csv(query)).split('\r\n').slice(1, -1);
          expect(lines.map((line) => line.split(',')[1])).toEqual(expected.map(({ user }) => user.name));
        }
      }
    }
  });

  it('of one user or activity has the same pages whatever their size', async () => {
    const query = { ...interval, userId: people[1]!.user.id, outcome: ['failure', 'denied'] };
    const expected = all.filter((row) => row.user.id === people[1]!.user.id && row.outcome !== 'success');
    for (const limit of [1, 7, 50]) {
      expect((await manager.walk({ ...query, limit })).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    }
  });
});
