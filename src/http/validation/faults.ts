import { invalidFields } from '../problems/invalid-fields';
import type { FieldProblem } from '../problems/problem';
import { BODY, inQuery, parentOf, pathOf, readableName, type RequestField } from '../problems/request-field';

/** The part of a request that is checked, by the name that Nest has for it. */
export type RequestPart = 'body' | 'query' | 'param';

const PART_NAMES: Record<RequestPart, string> = { body: 'The body', query: 'The query', param: 'The path' };

/** Collects everything that is wrong with a part of a request. Of one field the first fault counts. */
export class Faults {
  private readonly found = new Map<RequestField, FieldProblem>();
  /** Fields with a fault in them. */
  private readonly holders = new Set<RequestField>();

  constructor(private readonly part: RequestPart = 'body') {}

  /**
   * Adds a fault, unless the field has one already or is in a field that has one.
   * @param field a JSON pointer, also into a query
   * @param message makes the sentence for a person from the readable name of the field
   */
  add(field: RequestField, code: string, message: (name: string) => string): void {
    if (this.covers(field)) return;
    const name = field === BODY ? PART_NAMES[this.part] : readableName(field);
    this.found.set(field, { field, code, message: message(name) });
    this.holders.add(BODY);
    for (let part = field; part !== BODY; part = parentOf(part)) this.holders.add(part);
  }

  /** Whether a field has a fault, or something in it, or something that it is in. */
  touches(field: RequestField): boolean {
    return this.holders.has(field) || this.covers(field);
  }

  /** Whether a field has a fault, or something that it is in. */
  covers(field: RequestField): boolean {
    if (this.found.size === 0) return false;
    let part = field;
    while (part !== BODY && !this.found.has(part)) part = parentOf(part);
    return this.found.has(part);
  }

  /** Refuses the request if anything is wrong with it, and names all of it: first the fields outside of lists, then item by item. */
  assertNone(): void {
    if (this.found.size === 0) return;
    const problems = [...this.found.values()].sort((a, b) => itemIndex(a) - itemIndex(b));
    throw invalidFields(this.part === 'body' ? problems : firstOfEachParameter(problems, this.part));
  }
}

/** The index of the item in `/records/17/amount`; -1 for what is in no list. */
function itemIndex({ field }: FieldProblem): number {
  return Number(/^\/[^/]+\/(\d+)/.exec(field)?.[1] ?? -1);
}

/** A parameter is named as a whole, even where it is repeated. */
function firstOfEachParameter(problems: readonly FieldProblem[], part: RequestPart): FieldProblem[] {
  const first = new Map<RequestField, FieldProblem>();
  for (const problem of problems) {
    const field = inQuery(pathOf(problem.field)[0] ?? part);
    if (!first.has(field)) first.set(field, { ...problem, field });
  }
  return [...first.values()];
}
