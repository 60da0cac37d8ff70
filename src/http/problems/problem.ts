import { HttpStatus } from '@nestjs/common';
import type { RequestField } from './request-field';

/** An error in one field of a request. */
export interface FieldProblem {
  readonly field: RequestField;
  /** Stable code of the rule that the field breaks. */
  readonly code: string;
  readonly message: string;
}

/** An error that becomes a response with RFC 9457 problem details and a stable code. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: HttpStatus,
    /** Stable, so that clients can decide by it. */
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }

  /** Creates the problem of a single field, which has the same code and message. */
  static ofField(status: HttpStatus, code: string, field: RequestField, message: string): Problem {
    return new Problem(status, code, message, [{ field, code, message }]);
  }

  static badRequest(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.BAD_REQUEST, code, field, message);
  }

  static forbidden(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.FORBIDDEN, code, field, message);
  }

  /** Creates the problem of something that does not exist or belongs to another account, which must look the same. */
  static notFound(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.NOT_FOUND, code, field, message);
  }

  /** @param field the field that conflicts, if it is one of the request's fields */
  static conflict(code: string, message: string, field?: RequestField): Problem {
    if (field === undefined) return new Problem(HttpStatus.CONFLICT, code, message);
    return Problem.ofField(HttpStatus.CONFLICT, code, field, message);
  }

  /** Creates the problem of a well-formed field that breaks a business rule. */
  static unprocessable(code: string, field: RequestField, message: string): Problem {
    return Problem.ofField(HttpStatus.UNPROCESSABLE_ENTITY, code, field, message);
  }

  static unavailable(code: string, detail: string): Problem {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail, [], { 'Retry-After': '5' });
  }
}
