import { type Params } from 'nestjs-pino';
import type { IncomingMessage } from 'node:http';
import type { DestinationStream } from 'pino';
import { redactText } from './common/redact';
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
      serializers: { res: () => undefined },
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
