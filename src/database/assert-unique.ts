import { HttpStatus } from '@nestjs/common';
import { Problem } from '../http/problems/problem';
import { isDuplicate } from './dialect';

/**
 * Waits for a write of a row that must have a value of its own.
 * @param taken what to answer when another row has the value already
 * @throws Problem 409 that names the field of the value
 */
export async function assertUnique(
  write: Promise<unknown>,
  taken: { readonly code: string; readonly field: string; readonly message: string },
): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw isDuplicate(error) ? Problem.ofField(HttpStatus.CONFLICT, taken.code, taken.field, taken.message) : error;
  }
}
