import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of a server, and how they end when the service stops. */
export class OpenConnections {
  private readonly sockets = new Set<Socket>();
  private readonly responses = new Set<ServerResponse>();
  private isDraining = false;
  private isClosed = false;
  /** Resolves when the port is closed and no connection is left. */
  readonly ended: Promise<void>;

  constructor(private readonly server: Server) {
    this.ended = new Promise((resolve) => server.once('close', resolve));
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.prependListener('request', (_, response: ServerResponse) => {
      this.track(response);
    });
  }

  /** Requests that have arrived and are not fully answered. */
  get requestsUnderWay(): number {
    return this.responses.size;
  }

  /** Still accepts and answers, but each answer tells its client to open no further request on this connection. */
  drain(): void {
    this.isDraining = true;
    for (const response of this.responses) closeAfter(response);
  }

  /** Accepts no connection from now on, and ends those that wait for nothing. The others end with their answers. */
  close(): void {
    this.isClosed = true;
    this.server.close();
    this.endIdle();
  }

  /** Resets whatever is left. A client must not take an answer that was cut for a complete one, as HTTP/1.0 clients would if it ended regularly. */
  cut(): void {
    for (const { socket } of this.responses) socket?.resetAndDestroy();
    for (const socket of this.sockets) socket.destroy();
  }

  private track(response: ServerResponse): void {
    this.responses.add(response);
    if (this.isDraining) closeAfter(response);
    response.once('close', () => {
      this.responses.delete(response);
      // Its headers may have promised to keep the connection open before the service began to stop.
      if (this.isClosed)
        setImmediate(() => {
          this.endIdle();
        });
    });
  }

  private endIdle(): void {
    this.server.closeIdleConnections();
    // Node counts a connection on which nothing was ever sent as busy.
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
