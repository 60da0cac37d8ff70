import { createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import accepts from 'accepts';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../http/problems/problem';
import { acceptsGzip } from '../../http/server/accepts-gzip';
import { inHeader } from '../../http/problems/request-field';
import { CSV_TYPE } from './exports/report-export';

export type ReportFormat = 'json' | 'csv';

const FORMATS: Record<string, ReportFormat> = { 'application/json': 'json', 'text/csv': 'csv' };

/** The media types of the responses, with their parameters. */
const CONTENT_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: CSV_TYPE,
};
/** The request headers by which a report differs. */
const REPORT_VARIES_BY = 'Accept, Accept-Encoding';

/** Finds the format that a request asks for, in `format` or in its Accept header; undefined when it accepts neither. */
export function findFormat({ query, raw }: Pick<FastifyRequest, 'query' | 'raw'>): ReportFormat | undefined {
  const { format } = query as { format?: unknown };
  if (format === 'csv' || format === 'json') return format;
  const type = accepts(raw).type(Object.keys(FORMATS));
  return typeof type === 'string' ? FORMATS[type] : undefined;
}

/** How a report is sent: its format, and whether it can be compressed with gzip. */
export interface ReportVariant {
  readonly format: ReportFormat;
  readonly gzip: boolean;
}

/** Passes the variant of the response to a controller method, and refuses a client that accepts no format (406). */
export const Variant = createParamDecorator((_: unknown, execution: ExecutionContext): ReportVariant => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  return { format: requireFormat(request), gzip: acceptsGzip(request.raw) };
});

/** Returns the headers of a report that are known before it is built. */
export function knownHeaders(request: FastifyRequest): Readonly<Record<string, string>> {
  return { 'content-type': CONTENT_TYPES[requireFormat(request)], vary: REPORT_VARIES_BY };
}

function requireFormat(request: FastifyRequest): ReportFormat {
  const format = findFormat(request);
  if (format) return format;
  const message = 'The report is available as application/json or text/csv. Accept one of them.';
  throw Problem.ofField(HttpStatus.NOT_ACCEPTABLE, 'not_acceptable', inHeader('Accept'), message);
}
