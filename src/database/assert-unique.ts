import { Problem } from '../http/problems/problem';
import { inBody } from '../http/problems/request-field';
import { isDuplicate } from './dialect';

/**
 * Waits for a write, and refuses the request if a unique index refuses the write.
 * @param taken code, field and message of the problem if another row already has the value
 * @throws Problem 409 that names the field of the value
 */
export async function assertUnique(
  write: Promise<unknown>,
  taken: { readonly code: string; readonly field: string; readonly message: string },
): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isDuplicate(error) ? Problem.conflict(taken.code, taken.message, inBody(taken.field)) : error;
  }
}
