import { type HttpStatus, Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { IdSource } from '../../lib/time-ordered-id';
import { Problem } from '../problems/problem';
import { REQUEST_MALFORMED } from '../problems/problem.filter';
import { REQUEST_TIMEOUT, stopReading } from './receive-body';
import { sendProblem } from './send-problem';

const HEADERS_TOO_LARGE = new Problem(
  431 as HttpStatus,
  'headers_too_large',
  'The URL and the headers of the request together are larger than 16 KiB.',
);

/** The problems by the error codes of Node.js. Any other code means that the request is malformed. */
const PROBLEMS: Partial<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: REQUEST_TIMEOUT,
  HPE_HEADER_OVERFLOW: HEADERS_TOO_LARGE,
};

/** A socket with an internal property of Node.js: the response that is being sent over it, if there is one. */
type HttpSocket = Socket & { readonly _httpMessage?: ServerResponse | null };

/** Responds to requests that the HTTP server of Node.js cannot parse, or that do not arrive in time. */
export class ClientErrors {
  private readonly logger = new Logger(ClientErrors.name);
  private readonly ids = new IdSource();

  /** Handles the server's event `clientError`. */
  readonly answer = (error: NodeJS.ErrnoException, socket: HttpSocket): void => {
    const problem = PROBLEMS[error.code ?? ''] ?? REQUEST_MALFORMED;
    // A request whose body is being read gets the problem as its response, through the usual filter.
    if (stopReading(socket, problem)) return;
    // If a response has already started, a second one would corrupt it.
    if (!socket.writable || error.code === 'ECONNRESET' || socket._httpMessage?.headersSent) {
      socket.destroy();
      return;
    }
    const requestId = this.ids.next(new Date());
    this.logger.log({ requestId, status: problem.status, cause: error.code }, 'refused a malformed or slow request');
    sendProblem(socket, problem, requestId);
  };
}
