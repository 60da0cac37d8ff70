import { createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import accepts from 'accepts';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../http/problems/problem';
import { inHeader } from '../../http/problems/request-field';

export type ReportFormat = 'json' | 'csv';

const FORMATS: Record<string, ReportFormat> = { 'application/json': 'json', 'text/csv': 'csv' };

/** Finds the format that a request asks for, in `format` or in its Accept header; undefined when it accepts neither. */
export function findFormat({ query, raw }: Pick<FastifyRequest, 'query' | 'raw'>): ReportFormat | undefined {
  const { format } = query as { format?: unknown };
  if (format === 'csv' || format === 'json') return format;
  const type = accepts(raw).type(Object.keys(FORMATS));
  return typeof type === 'string' ? FORMATS[type] : undefined;
}

/** Passes the format of the response to a controller method, and refuses a client that accepts neither (406). */
export const ResponseFormat = createParamDecorator((_: unknown, execution: ExecutionContext): ReportFormat => {
  const format = findFormat(execution.switchToHttp().getRequest<FastifyRequest>());
  if (format) return format;
  const message = 'The report is available as application/json or text/csv. Accept one of them.';
  throw Problem.ofField(HttpStatus.NOT_ACCEPTABLE, 'not_acceptable', inHeader('Accept'), message);
});
