import { Catch, HttpException, HttpStatus, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { bodyTooLarge } from './body-too-large';
import { Problem } from './problem';
import type { ProblemDetails } from './problem.dto';
import { encodedPath } from './request-path';

/** The problem of a request whose body is not valid JSON, or whose URL or headers are malformed. */
export const REQUEST_MALFORMED = new Problem(
  HttpStatus.BAD_REQUEST,
  'request_malformed',
  'The request could not be read: its body is not valid JSON, or its URL is malformed.',
);

export const BODY_TOO_DEEP = new Problem(HttpStatus.BAD_REQUEST, 'body_too_deep', 'The body is nested too deeply.');

export const BODY_TOO_WIDE = new Problem(
  HttpStatus.BAD_REQUEST,
  'body_too_wide',
  'The body has too many fields or values.',
);

/** Codes and details of the errors that Nest and Fastify throw themselves, by status. */
const FRAMEWORK_CODES: Partial<Record<number, [code: string, detail: string]>> = {
  [HttpStatus.NOT_FOUND]: ['route_not_found', 'There is no resource at this path.'],
  [HttpStatus.SERVICE_UNAVAILABLE]: [
    'not_ready',
    'The service is not ready: it is starting or stopping, or its database is not available.',
  ],
  [HttpStatus.UNSUPPORTED_MEDIA_TYPE]: ['media_type_unsupported', 'Send the body as application/json.'],
};

/**
 * Turns every error into a problem+json response. Internal errors are logged, and the response does not reveal them.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  /**
   * @param translate returns the problem of an error that this folder does not know, such as an unavailable database
   */
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
      'An internal error occurred. The log of the service has its cause under this request id.',
    );
  }
}

/** Sends a problem as the response. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  void reply.send(prepareProblem(problem, request, reply));
}

/** Sets the status and the headers of a response to those of a problem, and returns the body to send. */
export function prepareProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): string {
  void reply
    .status(problem.status)
    .headers(problem.headers)
    .header('content-type', 'application/problem+json; charset=utf-8');
  return JSON.stringify(problemDetails(problem, encodedPath(request.url), request.id));
}

/**
 * Creates the body of a problem response.
 * @param instance path of the request, without secrets
 */
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

/** Returns the status of an error from Fastify, or 500 for any other error. */
function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : HttpStatus.INTERNAL_SERVER_ERROR;
}
