import type { SeededRandom } from '../../lib/seeded-random';

const COMMENTS = [
  'Customer request',
  'Called by phone',
  'Duplicate order',
  'Agreed with finance',
  'Chargeback risk',
  'Ticket closed',
];

/** Picks the comment of an action; undefined if the user leaves it out. */
export function pickComment(random: SeededRandom): string | undefined {
  return random.chance(0.7) ? random.pick(COMMENTS) : undefined;
}

/** Returns the field of a record with a comment, if there is one. */
export function commentField(comment: string | null | undefined): { comment?: string } {
  return comment ? { comment } : {};
}
