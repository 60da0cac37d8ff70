import { type Params } from 'nestjs-pino';
import type { IncomingMessage } from 'node:http';
import type { DestinationStream } from 'pino';
import type { Config } from '../../config/config';
import { redactText } from '../../lib/secrets/redact';
import { loggedAddress } from './logged-address';

/**
 * Returns the options of the logger. It writes one JSON line for each response, with the id of the request, but without
 * headers, body and query, which can contain secrets.
 */
export function loggerOptions({ LOG_LEVEL }: Config, stream: DestinationStream = process.stdout): Params {
  return {
    forRoutes: ['{*path}'],
    pinoHttp: {
      stream,
      level: LOG_LEVEL,
      // The id that the response and the activity record have.
      genReqId: (request) => (request as IncomingMessage & { id: string }).id,
      serializers: { res: () => undefined, err: withoutValues },
      quietReqLogger: true,
      quietResLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      customProps: (request, response) => ({
        method: request.method,
        ...loggedAddress(request),
        status: response.statusCode,
      }),
      // Called for every log line, with its message and fields.
      hooks: {
        logMethod(message, write) {
          write.apply(this, message.map(withoutSecrets) as typeof message);
        },
      },
      formatters: {
        log: (fields) =>
          Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, withoutSecrets(value)])),
      },
      customSuccessMessage: () => 'answered',
      customErrorMessage: () => 'answered with an error',
    },
  };
}

/** Redacts a text. Returns other values unchanged; errors have their own serializer. */
function withoutSecrets(value: unknown): unknown {
  return typeof value === 'string' ? redactText(value) : value;
}

/** An error as pino serializes it. Errors of a database also have the statement and its values. */
interface LoggedError {
  readonly message?: string;
  readonly stack?: string;
  readonly parameters?: unknown;
  readonly sql?: unknown;
  readonly driverError?: LoggedError | string;
}

/**
 * Removes the values of a database statement from an error: they can be an email with an invitation, or a password
 * hash.
 */
function withoutValues(logged: LoggedError | string): LoggedError | string {
  if (typeof logged === 'string') return redactText(logged);
  const { parameters: _values, sql: _withValues, message, stack, driverError, ...error } = logged;
  return {
    ...Object.fromEntries(Object.entries(error).map(([name, value]) => [name, withoutSecrets(value)])),
    ...(message !== undefined && { message: redactText(message) }),
    ...(stack !== undefined && { stack: redactText(stack) }),
    ...(driverError && { driverError: withoutValues(driverError) }),
  };
}
