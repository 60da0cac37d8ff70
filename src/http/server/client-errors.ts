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

/** Problems by Node's code of the error. Any other error means that the request is malformed. */
const PROBLEMS: Partial<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: REQUEST_TIMEOUT,
  HPE_HEADER_OVERFLOW: HEADERS_TOO_LARGE,
};

/** A socket with the internal property in which Node keeps the response to its last request, until that has ended. */
type HttpSocket = Socket & { readonly _httpMessage?: ServerResponse | null };

/** Responds to requests that Node's server cannot parse, or that do not arrive in time. */
export class ClientErrors {
  private readonly logger = new Logger(ClientErrors.name);
  private readonly ids = new IdSource();

  /** Handles the server's event `clientError`. */
  readonly answer = (error: NodeJS.ErrnoException, socket: HttpSocket): void => {
    const problem = PROBLEMS[error.code ?? ''] ?? REQUEST_MALFORMED;
    if (stopReading(socket, problem)) return;
    // A second response cannot follow in the middle of the first one.
    if (!socket.writable || error.code === 'ECONNRESET' || socket._httpMessage?.headersSent) {
      socket.destroy();
      return;
    }
    const requestId = this.ids.next(new Date());
    this.logger.log({ requestId, status: problem.status, cause: error.code }, 'refused what is no request');
    answerBare(socket, problem, requestId);
  };
}
