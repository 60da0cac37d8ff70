import { HttpStatus } from '@nestjs/common';
import { Problem, type FieldProblem } from '../problems/problem';
import { CARD_NUMBER_REFUSED } from './text-faults';

/** More than a batch has fields; it keeps a made-up body from making an answer without end. */
const MAX_NAMED = 20_000;

/** Everything that is wrong with a batch, by JSON pointer (RFC 6901). Of one field the first fault counts. */
export class Faults {
  private readonly found = new Map<string, FieldProblem>();
  /** What has something wrong in it. */
  private readonly holders = new Set<string>();

  add({ field, code, message }: FieldProblem): void {
    if (this.cover(field)) return;
    this.found.set(field, { field, code, message });
    for (let part = field; part !== ''; part = holderOf(part)) this.holders.add(part);
  }

  /** Whether a field is wrong already, or something in it, or something that it is in. */
  touch(field: string): boolean {
    return this.holders.has(field) || this.cover(field);
  }

  /** Whether a field is wrong already, or something that it is in. */
  cover(field: string): boolean {
    if (this.found.size === 0) return false;
    let part = field;
    while (part !== '' && !this.found.has(part)) part = holderOf(part);
    return this.found.has(part);
  }

  /**
   * Refuses the batch if anything is wrong with it, and names all of it, item by item. Faults of one kind have that kind's
   * code; a secret is a matter of its own only where it is the only one.
   */
  assertNone(): void {
    const errors = [...this.found.values()].sort((a, b) => itemOf(a) - itemOf(b));
    const [first] = errors;
    if (!first) return;
    const code = errors.every((error) => error.code === first.code) ? first.code : 'validation_failed';
    const status = code === CARD_NUMBER_REFUSED ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.BAD_REQUEST;
    const detail = errors.length === 1 ? first.message : `${errors.length} fields are not valid; nothing was done.`;
    throw new Problem(status, code, detail, errors.slice(0, MAX_NAMED));
  }
}

/** What a field is in. */
function holderOf(field: string): string {
  return field.slice(0, field.lastIndexOf('/'));
}

/** The place of the item in `/records/17/amount`; what is wrong with the batch itself comes first. */
function itemOf({ field }: FieldProblem): number {
  return Number(/^\/\w+\/(\d+)/.exec(field)?.[1] ?? -1);
}
