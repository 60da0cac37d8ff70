import { Recorder, type PastAction } from '../../src/audit/recording/recorder';
import { UnitOfWork } from '../../src/database/unit-of-work';
import type { Person } from './person';
import type { Service } from './service';

/** What a test says of an activity; the rest is of no matter to it. */
export type Told = Partial<Omit<PastAction, 'occurredAt'>> & { readonly at: string | Date };

/** Writes activities of the person, at times of the test's choice, through the service's own recorder. */
export async function recordFor(service: Service, person: Person, activities: readonly Told[]): Promise<void> {
  const actor = { accountId: person.user.account.id, userId: person.user.id, userName: person.user.name };
  const actions = activities.map(({ at, type = 'page.accessed', outcome = 'success', fields, ...rest }) => ({
    actor,
    occurredAt: new Date(at),
    type,
    outcome,
    fields: { page: 'Dashboard', ...fields },
    ...rest,
  }));
  await service.app.get(UnitOfWork).run(() => service.app.get(Recorder).recordPast(actions));
}

/** Fills the person's report with so many looks at pages, a hundred a second up to now. */
export async function fillWith(service: Service, person: Person, rows: number): Promise<void> {
  const newest = Date.now() - 1000;
  const batch = 20_000;
  for (let start = 0; start < rows; start += batch) {
    const count = Math.min(batch, rows - start);
    await recordFor(
      service,
      person,
      Array.from({ length: count }, (_, index) => ({ at: new Date(newest - (start + index) * 10) })),
    );
  }
}
