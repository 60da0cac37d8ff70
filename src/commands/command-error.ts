/** A command can't be done as it was given; the message says why, and needs no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
