/** Returns the fields that differ between two states, as `{ field: { from, to } }`, for the details of a record. */
export function findChanges<State extends object>(
  before: State,
  after: State,
): Record<string, { from: unknown; to: unknown }> {
  const fields = Object.keys(after) as (keyof State & string)[];
  const differs = (field: keyof State) => JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  return Object.fromEntries(fields.filter(differs).map((field) => [field, { from: before[field], to: after[field] }]));
}
