import { createParamDecorator, HttpStatus, type ExecutionContext } from '@nestjs/common';
import accepts from 'accepts';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../http/problems/problem';
import { inHeader } from '../../http/problems/request-field';
import { acceptsGzip } from '../../http/server/accepts-gzip';
import { EXPORT_TYPES, type ExportFormat } from './formats/export-format';

/** The formats of the report, in the order of preference for a client that accepts several of them. */
export const REPORT_FORMATS = ['json', 'csv', 'ndjson', 'xlsx'] as const satisfies readonly (ExportFormat | 'json')[];
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** The media types of the responses, with their parameters. */
const CONTENT_TYPES: Readonly<Record<ReportFormat, string>> = {
  json: 'application/json; charset=utf-8',
  ...EXPORT_TYPES,
};
const TYPES_BY_PREFERENCE = REPORT_FORMATS.map((format) => CONTENT_TYPES[format]);
/** The media types of the formats without parameters, in the same order. */
export const MEDIA_TYPES = TYPES_BY_PREFERENCE.map((type) => type.replace(/;.*$/, ''));

/** Finds the format that a request asks for, in `format` or in its Accept header; undefined when it accepts none. */
export function findFormat({ query, raw }: Pick<FastifyRequest, 'query' | 'raw'>): ReportFormat | undefined {
  const { format } = query as { format?: unknown };
  const named = REPORT_FORMATS.find((one) => one === format);
  if (named) return named;
  // With their parameters, so that a client can name them too, such as `charset=utf-8`.
  const type = accepts(raw).type(TYPES_BY_PREFERENCE);
  return REPORT_FORMATS.find((one) => CONTENT_TYPES[one] === type);
}

/** Passes the format of the response to a controller method, and refuses a client that accepts none (406). */
export const Format = createParamDecorator((_: unknown, execution: ExecutionContext): ReportFormat =>
  requireFormat(execution.switchToHttp().getRequest<FastifyRequest>()),
);

/** Passes to a controller method whether the client accepts a response that is compressed with gzip. */
export const Gzip = createParamDecorator((_: unknown, execution: ExecutionContext): boolean =>
  acceptsGzip(execution.switchToHttp().getRequest<FastifyRequest>().raw),
);

/** Returns the headers of a report that are known before it is built, if the request chooses its format. */
export function knownHeaders(request: FastifyRequest): Readonly<Record<string, string>> {
  return { 'content-type': CONTENT_TYPES[requireFormat(request)], vary: 'Accept, Accept-Encoding' };
}

/** Returns the headers of an export that are known before it starts. */
export function exportHeaders(format: ExportFormat): Readonly<Record<string, string>> {
  return { 'content-type': EXPORT_TYPES[format], ...(format !== 'xlsx' && { vary: 'Accept-Encoding' }) };
}

/** Returns the format that a request asks for. @throws Problem 406 if it accepts none */
export function requireFormat(request: FastifyRequest): ReportFormat {
  const format = findFormat(request);
  if (format) return format;
  const message = `The report is available as ${MEDIA_TYPES.join(', ')}. Accept one of them.`;
  throw Problem.ofField(HttpStatus.NOT_ACCEPTABLE, 'not_acceptable', inHeader('Accept'), message);
}
