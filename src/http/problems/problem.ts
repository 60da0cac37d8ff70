import { HttpStatus } from '@nestjs/common';
import type { RequestField } from './request-field';

/** What is wrong with one field of a request. */
export interface FieldProblem {
  readonly field: RequestField;
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
  static ofField(status: HttpStatus, code: string, field: RequestField, message: string): Problem {
    return new Problem(status, code, message, [{ field, code, message }]);
  }

  static badRequest(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.BAD_REQUEST, code, field, message);
  }

  static forbidden(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.FORBIDDEN, code, field, message);
  }

  /** Also for what belongs to another account: whoever asks can't tell the two apart. */
  static notFound(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.NOT_FOUND, code, field, message);
  }

  /** @param field the field that conflicts, where it is one of the request's */
  static conflict(code: string, message: string, field?: RequestField): Problem {
    if (field === undefined) return new Problem(HttpStatus.CONFLICT, code, message);
    return Problem.ofField(HttpStatus.CONFLICT, code, field, message);
  }

  /** For a field whose form is right, but that breaks a business rule. */
  static unprocessable(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, code, field, message);
  }

  static unavailable(code: string, detail: string): Problem {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail, [], { 'Retry-After': '5' });
  }
}
