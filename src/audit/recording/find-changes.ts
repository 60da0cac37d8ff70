import type { Change } from '../catalogue/details/detail';

/** Returns the fields that differ between two states, as `{ field: { from, to } }`, for the details of a record. */
export function findChanges<State extends object>(
  before: State,
  after: State,
): Partial<Record<keyof State & string, Change>> {
  const fields = Object.keys(after) as (keyof State & string)[];
  const differs = (field: keyof State) => JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  const changes = fields.filter(differs).map((field) => [field, { from: before[field], to: after[field] }]);
  return Object.fromEntries(changes) as Partial<Record<keyof State & string, Change>>;
}
