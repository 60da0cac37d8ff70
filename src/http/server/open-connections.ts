import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Tracks the open connections of a server, and closes them when the service stops. */
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

  /** The number of requests whose response has not ended. */
  get requestsUnderWay(): number {
    return this.responses.size;
  }

  /** Makes each response close its connection. The service still accepts connections and requests. */
  drain(): void {
    this.isDraining = true;
    for (const response of this.responses) closeAfter(response);
  }

  /** Stops accepting connections, and closes idle ones. The others close after their responses. */
  close(): void {
    this.isClosed = true;
    this.server.close();
    this.endIdle();
  }

  /**
   * Resets all remaining connections. If they were closed normally, an HTTP/1.0 client would take an incomplete response
   * for a complete one.
   */
  cut(): void {
    for (const { socket } of this.responses) socket?.resetAndDestroy();
    for (const socket of this.sockets) socket.destroy();
  }

  private track(response: ServerResponse): void {
    this.responses.add(response);
    if (this.isDraining) closeAfter(response);
    response.on('close', () => {
      this.responses.delete(response);
      // The response may have kept its connection open, because its headers were sent before the service began to stop.
      if (this.isClosed)
        setImmediate(() => {
          this.endIdle();
        });
    });
  }

  private endIdle(): void {
    this.server.closeIdleConnections();
    // Node does not count a connection as idle on which the client has never sent anything.
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
