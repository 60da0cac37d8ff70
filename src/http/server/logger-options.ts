import { type Params } from 'nestjs-pino';
import type { IncomingMessage } from 'node:http';
import type { DestinationStream } from 'pino';
import type { Config } from '../../config/config';
import { redactText } from '../../lib/secrets/redact';
import { loggedAddress } from './logged-address';

/** One JSON line for each response, with the request's id; no header, body or query, which could hold a secret. */
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
      customProps: (request, response) => ({
        method: request.method,
        ...loggedAddress(request),
        status: response.statusCode,
      }),
      // Whatever else is logged passes here.
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

/** Errors have a serializer of their own. */
function withoutSecrets(value: unknown): unknown {
  return typeof value === 'string' ? redactText(value) : value;
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
