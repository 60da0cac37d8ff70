import { type Params } from 'nestjs-pino';
import type { IncomingMessage } from 'node:http';
import type { DestinationStream } from 'pino';
import { redactText } from './lib/secrets/redact';
import type { Config } from './config/config';

/** One JSON line an answer, with the request's id; no header, body or query, which could hold a secret. */
export function loggerOptions({ LOG_LEVEL }: Config, stream: DestinationStream = process.stdout): Params {
  return {
    forRoutes: ['{*path}'],
    pinoHttp: {
      stream,
      level: LOG_LEVEL,
      // The id that the answer and the record carry.
      genReqId: (request) => (request as IncomingMessage & { id: string }).id,
      serializers: { res: () => undefined, err: withoutValues },
      quietReqLogger: true,
      quietResLogger: true,
      customAttributeKeys: { reqId: 'requestId' },
      customProps: ({ method, url }, response) => ({
        method,
        path: redactText(url?.split('?')[0] ?? ''),
        status: response.statusCode,
      }),
      customSuccessMessage: () => 'answered',
      customErrorMessage: () => 'answered with an error',
    },
  };
}

/** An error as pino writes it; one of a database also tells its statement, and the values in it. */
interface LoggedError {
  readonly message?: string;
  readonly stack?: string;
  readonly parameters?: unknown;
  readonly sql?: unknown;
  readonly driverError?: LoggedError | string;
}

/** Without the values: they may be a mail with a link that lets its reader in, or the hash of a password. */
function withoutValues(logged: LoggedError | string): LoggedError | string {
  if (typeof logged === 'string') return redactText(logged);
  const { parameters: _values, sql: _withValues, message, stack, driverError, ...error } = logged;
  return {
    ...error,
    ...(message !== undefined && { message: redactText(message) }),
    ...(stack !== undefined && { stack: redactText(stack) }),
    ...(driverError && { driverError: withoutValues(driverError) }),
  };
}
