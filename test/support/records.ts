import { Recorder, type PastAction } from '../../src/audit/recorder';
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
  await service.app.get(Recorder).recordPast(actions);
}
