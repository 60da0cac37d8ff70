import { Catch, HttpException, HttpStatus, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { bodyTooLarge } from './body-too-large';
import { Problem } from './problem';
import type { ProblemDetails } from './problem.dto';
import { encodedPath } from './request-path';

/** A request that can't be read: its body is not JSON, or its address has characters that no address has. */
export const REQUEST_MALFORMED = new Problem(
  HttpStatus.BAD_REQUEST,
  'request_malformed',
  'The request could not be read: its body is not valid JSON, or its address is malformed.',
);

export const BODY_TOO_DEEP = new Problem(HttpStatus.BAD_REQUEST, 'body_too_deep', 'The body is nested too deep.');

export const BODY_TOO_WIDE = new Problem(
  HttpStatus.BAD_REQUEST,
  'body_too_wide',
  'Something in the body has too many fields.',
);

/** Codes of what the framework itself refuses, before any route of ours runs. */
const FRAMEWORK_CODES: Partial<Record<number, [code: string, detail: string]>> = {
  [HttpStatus.NOT_FOUND]: ['route_not_found', 'There is nothing at this address.'],
  [HttpStatus.SERVICE_UNAVAILABLE]: [
    'not_ready',
    'The service cannot answer now: it is starting or stopping, or its database is away.',
  ],
  [HttpStatus.UNSUPPORTED_MEDIA_TYPE]: ['media_type_unsupported', 'Send the body as application/json.'],
};

/** Turns any error into problem+json. What went wrong inside is logged and never shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  /** @param translate knows the errors of a lower floor, such as a database that is away */
  constructor(private readonly translate: (error: unknown) => Problem | undefined) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error, request);
    if (problem.status >= HttpStatus.INTERNAL_SERVER_ERROR) this.logger.error(error);
    sendProblem(problem, request, reply);
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    const translated = this.translate(error);
    if (translated) return translated;
    const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
    if (status === HttpStatus.BAD_REQUEST) return REQUEST_MALFORMED;
    if (status === HttpStatus.PAYLOAD_TOO_LARGE) return bodyTooLarge(request.routeOptions.bodyLimit);
    const [code, detail] = FRAMEWORK_CODES[status] ?? [];
    if (code !== undefined && detail !== undefined) return new Problem(status, code, detail);
    if (status < 500) return new Problem(status, 'request_refused', STATUS_CODES[status] ?? 'The request was refused.');
    return new Problem(
      HttpStatus.INTERNAL_SERVER_ERROR,
      'internal_error',
      'Something went wrong here; the log has it under this request id.',
    );
  }
}

/** Answers with a problem. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  void reply.send(prepareProblem(problem, request, reply));
}

/** Makes an answer that of a problem, and returns its body. */
export function prepareProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): string {
  void reply
    .status(problem.status)
    .headers(problem.headers)
    .header('content-type', 'application/problem+json; charset=utf-8');
  return JSON.stringify(problemDetails(problem, encodedPath(request.url), request.id));
}

/** @param instance the path of the request, without secrets */
export function problemDetails(problem: Problem, instance: string, requestId: string): ProblemDetails {
  return {
    type: `urn:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    instance,
    requestId,
    ...(problem.errors.length > 0 && { errors: [...problem.errors] }),
  };
}

/** Fastify's own errors carry the status that they stand for. */
function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : HttpStatus.INTERNAL_SERVER_ERROR;
}
