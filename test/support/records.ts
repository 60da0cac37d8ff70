import type { PastAction } from '../../src/audit/recording/activity-row';
import { Recorder } from '../../src/audit/recording/recorder';
import { UnitOfWork } from '../../src/database/unit-of-work';
import { IdSource } from '../../src/lib/time-ordered-id';
import type { Person } from './person';
import type { Service } from './service';

/** The fields of an activity that matter to a test. */
export type RecordFields = Partial<Omit<PastAction, 'occurredAt'>> & { readonly at: string | Date };

/** Records activities of a person at given times, with the recorder of the service. */
export async function recordFor(service: Service, person: Person, activities: readonly RecordFields[]): Promise<void> {
  const { id: userId, name: userName, email: userEmail, account } = person.user;
  const actor = { accountId: account.id, userId, userName, userEmail };
  const actions = activities.map(({ at, type = 'page.accessed', outcome = 'success', fields, ...rest }) => ({
    actor,
    occurredAt: new Date(at),
    type,
    outcome,
    fields: { ...(type === 'page.accessed' && { page: 'Dashboard' }), ...fields },
    ...rest,
  }));
  await service.app.get(UnitOfWork).run(() => service.app.get(Recorder).recordPast(actions));
}

/** Rows of one statement, the maximum for a compound SELECT of SQLite. */
const ROWS_AT_ONCE = 500;

/**
 * Fills the person's report with page views, 100 per second up to now. The recorder of the service writes the newest
 * one. The others are copies of its row with earlier ids, because the recorder would take half a minute. All copies
 * have the `occurred_at` of the newest row, which only a summary by hour reads.
 */
export async function fillWith(
  service: Service,
  person: Person,
  rows: number,
  fields: RecordFields['fields'] = {},
): Promise<void> {
  const newest = Date.now() - 1000;
  await recordFor(service, person, [{ at: new Date(newest), fields }]);
  const source = service.writeSource;
  const [row] = await source.query<Record<string, unknown>[]>(
    `SELECT * FROM activities WHERE activity = 'page.accessed' ORDER BY id DESC LIMIT 1`,
  );
  const columns = Object.keys(row!);
  const others = columns.filter((column) => column !== 'id');
  const ids = new IdSource();
  for (let start = 1; start < rows; start += ROWS_AT_ONCE) {
    const copies = Array.from({ length: Math.min(ROWS_AT_ONCE, rows - start) }, (_, index) =>
      ids.next(new Date(newest - (start + index) * 10)),
    );
    const values = copies.map((id) => `SELECT '${id}' AS copy`).join(' UNION ALL ');
    await source.query(
      `INSERT INTO activities (id, ${others.join(', ')}) SELECT copy, ${others.join(', ')} FROM activities, (${values}) copies WHERE id = ?`,
      [row!.id],
    );
  }
}
