import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A response with an internal property of Node.js: whether it has emitted `close`. */
type ClosableResponse = ServerResponse & { _closed: boolean };

/**
 * Closes the responses that wait for an earlier one of the same connection when the connection is lost. A client can send
 * several requests without waiting for their responses (pipelining), and Node gives the connection to one response after
 * the other. It closes only the one that has the connection, so that an export behind it would never end.
 */
export function closeQueuedResponses(server: Server): void {
  const queues = new WeakMap<Socket, Set<ServerResponse>>();
  server.on('request', ({ socket }, response) => {
    if (response.socket) return;
    const queue = queues.get(socket) ?? createQueue(socket);
    queues.set(socket, queue);
    queue.add(response);
    response.once('socket', () => queue.delete(response));
  });
}

/** Returns a set of responses that are closed when the connection closes. */
function createQueue(socket: Socket): Set<ServerResponse> {
  const queue = new Set<ServerResponse>();
  socket.once('close', () => {
    for (const response of queue) close(response as ClosableResponse);
  });
  return queue;
}

function close(response: ClosableResponse): void {
  response.destroy();
  response._closed = true;
  response.emit('close');
}
