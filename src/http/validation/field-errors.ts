import { invalidFields } from '../problems/invalid-fields';
import type { FieldProblem } from '../problems/problem';
import { BODY, inQuery, parentOf, pathOf, readableName, within, type RequestField } from '../problems/request-field';

/** A part of a request, by Nest's name for it. */
export type RequestPart = 'body' | 'query' | 'param';

const PART_NAMES: Record<RequestPart, string> = { body: 'The body', query: 'The query', param: 'The path' };

/**
 * Collects the validation errors of one part of a request, at most one for each field, and throws them as one
 * `Problem`.
 */
export class FieldErrors {
  private readonly found = new Map<RequestField, FieldProblem>();
  /** The fields with an error, and all fields that contain them. */
  private readonly containers = new Set<RequestField>();

  constructor(private readonly part: RequestPart = 'body') {}

  /**
   * Adds an error, unless the field or a field that contains it already has one.
   * @param field a JSON pointer, also for a query or path parameter
   * @param message returns the message for people; its argument is the readable name of the field
   */
  add(field: RequestField, code: string, message: (name: string) => string): void {
    if (this.covers(field)) return;
    const name = field === BODY ? PART_NAMES[this.part] : readableName(field);
    this.found.set(field, { field, code, message: message(name) });
    this.containers.add(BODY);
    for (let part = field; part !== BODY; part = parentOf(part)) this.containers.add(part);
  }

  /** Returns whether a field, a field inside it, or a field that contains it has an error. */
  touches(field: RequestField): boolean {
    return this.containers.has(field) || this.covers(field);
  }

  /** Returns whether a field of an object, the object, or a field that contains it has an error. */
  coversWithin(parent: RequestField, name: string): boolean {
    return this.found.size > 0 && this.covers(within(parent, name));
  }

  /** Returns whether a field, or a field that contains it, has an error. */
  covers(field: RequestField): boolean {
    if (this.found.size === 0) return false;
    let part = field;
    while (part !== BODY && !this.found.has(part)) part = parentOf(part);
    return this.found.has(part);
  }

  /**
   * Refuses the request if there are errors. The response lists all of them: first those outside of lists, then those
   * of each item.
   * @throws Problem 400 or 422, as `invalidFields` says
   */
  assertNone(): void {
    if (this.found.size === 0) return;
    const problems = [...this.found.values()].sort((a, b) => itemIndex(a) - itemIndex(b));
    throw invalidFields(this.part === 'body' ? problems : firstOfEachParameter(problems, this.part));
  }
}

/** Returns the index of the item, such as 17 for `/records/17/amount`, or -1 for a field that is not in a list. */
function itemIndex({ field }: FieldProblem): number {
  return Number(/^\/[^/]+\/(\d+)/.exec(field)?.[1] ?? -1);
}

/** Returns the first error of each parameter, because a response names a repeated parameter as a whole. */
function firstOfEachParameter(problems: readonly FieldProblem[], part: RequestPart): FieldProblem[] {
  const first = new Map<RequestField, FieldProblem>();
  for (const problem of problems) {
    const field = inQuery(pathOf(problem.field)[0] ?? part);
    if (!first.has(field)) first.set(field, { ...problem, field });
  }
  return [...first.values()];
}
