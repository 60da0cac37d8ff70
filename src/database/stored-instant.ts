/** Returns the instant in a column that a statement has read. */
export function readInstant(stored: string | Date): Date {
  return stored instanceof Date ? stored : new Date(`${stored.replace(' ', 'T')}Z`);
}
