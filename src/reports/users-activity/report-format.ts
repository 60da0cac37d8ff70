import { createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import accepts from 'accepts';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../http/problems/problem';
import { inHeader } from '../../http/problems/request-field';

export type ReportFormat = 'json' | 'csv';

const FORMATS: Record<string, ReportFormat> = { 'application/json': 'json', 'text/csv': 'csv' };

/** The format that a request asks for, by `format` or by its Accept header; undefined when it accepts neither. */
export function formatOf({ query, raw }: Pick<FastifyRequest, 'query' | 'raw'>): ReportFormat | undefined {
  const { format } = query as { format?: unknown };
  if (format === 'csv' || format === 'json') return format;
  const type = accepts(raw).type(Object.keys(FORMATS));
  return typeof type === 'string' ? FORMATS[type] : undefined;
}

/** Hands a method the format of its answer; a client that accepts neither gets a 406. */
export const AnswerFormat = createParamDecorator((_: unknown, execution: ExecutionContext): ReportFormat => {
  const format = formatOf(execution.switchToHttp().getRequest<FastifyRequest>());
  if (format) return format;
  const message = 'The report comes as application/json or text/csv: accept one of them.';
  throw Problem.ofField(HttpStatus.NOT_ACCEPTABLE, 'not_acceptable', inHeader('Accept'), message);
});
