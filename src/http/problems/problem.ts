import { HttpStatus } from '@nestjs/common';

/** What is wrong with one field of a request. */
export interface FieldProblem {
  /** The body's property (`roleIds[0]`), the query parameter or the path parameter; in a batch a JSON pointer. */
  readonly field: string;
  /** Stable code of the rule that it breaks. */
  readonly code: string;
  readonly message: string;
}

/** An answer that refuses a request, as RFC 9457 problem details with a stable code. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: HttpStatus,
    /** Stable and machine-readable: clients may branch on it. */
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  /** A problem of one field, whose code is the problem's own. */
  static ofField(status: HttpStatus, code: string, field: string, message: string): Problem {
    return new Problem(status, code, message, [{ field, code, message }]);
  }

  static badRequest(code: string, field: string, message: string): Problem {
    return Problem.ofField(HttpStatus.BAD_REQUEST, code, field, message);
  }

  /** Also for what belongs to another account: whoever asks can't tell the two apart. */
  static notFound(code: string, field: string, message: string): Problem {
    return Problem.ofField(HttpStatus.NOT_FOUND, code, field, message);
  }

  static conflict(code: string, detail: string, errors: readonly FieldProblem[] = []): Problem {
    return new Problem(HttpStatus.CONFLICT, code, detail, errors);
  }

  static unavailable(code: string, detail: string): Problem {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail, [], { 'Retry-After': '5' });
  }
}
