import { type HttpStatus, Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { IdSource } from '../../lib/time-ordered-id';
import { Problem } from '../problems/problem';
import { REQUEST_MALFORMED } from '../problems/problem.filter';
import { answerBare } from './bare-answer';
import { REQUEST_TIMEOUT, stopReading } from './receive-body';

const HEADERS_TOO_LARGE = new Problem(
  431 as HttpStatus,
  'headers_too_large',
  'The address and the headers of the request together are larger than 16 KiB.',
);

/** Node's codes of what keeps it from reading a request; everything else is malformed. */
const PROBLEMS: Partial<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: REQUEST_TIMEOUT,
  HPE_HEADER_OVERFLOW: HEADERS_TOO_LARGE,
};

/** Node's own property of a socket: the response to the request that came over it last, until that response has ended. */
type HttpSocket = Socket & { readonly _httpMessage?: ServerResponse | null };

/** Answers what Node's server can't read as a request, or not in time. */
export class ClientErrors {
  private readonly logger = new Logger(ClientErrors.name);
  private readonly ids = new IdSource();

  /** Handler of the event `clientError` of the server. */
  readonly answer = (error: NodeJS.ErrnoException, socket: HttpSocket): void => {
    const problem = PROBLEMS[error.code ?? ''] ?? REQUEST_MALFORMED;
    if (stopReading(socket, problem)) return;
    // In the middle of a response nothing else can be said.
    if (!socket.writable || error.code === 'ECONNRESET' || socket._httpMessage?.headersSent) {
      socket.destroy();
      return;
    }
    const requestId = this.ids.next(new Date());
    this.logger.log({ requestId, status: problem.status, cause: error.code }, 'refused what is no request');
    answerBare(socket, problem, requestId);
  };
}
