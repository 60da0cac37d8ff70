import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Service } from './service';

/** A response, as received over a connection. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection over which a test sends any bytes to the service. */
export class RawConnection {
  private received = '';
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (text: string) => (this.received += text));
    // Some tests expect the service to break the connection.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', resolve));
  }

  static async open(service: Service): Promise<RawConnection> {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  send(text: string): this {
    this.socket.write(text);
    return this;
  }

  /** Sends a text, and waits until more can be sent or the connection is closed. */
  async sendAll(text: string): Promise<void> {
    if (this.socket.write(text)) return;
    await Promise.race([new Promise((resolve) => this.socket.once('drain', resolve)), this.closed]);
  }

  /** Sends the request line and the headers of a request. */
  begin(line: string, headers: Record<string, string | number> = {}): this {
    const fields = Object.entries({ host: 'service.example', ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    return this.send(`${line} HTTP/1.1\r\n${fields.join('')}\r\n`);
  }

  /** Waits for the next complete response, and returns it. */
  async answer(): Promise<RawAnswer> {
    for (;;) {
      const answer = this.take();
      if (answer) return answer;
      if (this.socket.destroyed) throw new Error(`The connection was closed behind: ${this.received}`);
      await Promise.race([new Promise((resolve) => this.socket.once('data', resolve)), this.closed]);
    }
  }

  private take(): RawAnswer | undefined {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [first = '', ...lines] = this.received.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(/: (.*)/s, 2))) as Record<
      string,
      string
    >;
    const length = Number(headers['content-length'] ?? 0);
    const rest = this.received.slice(end + 4);
    if (Buffer.byteLength(rest) < length) return undefined;
    const body = Buffer.from(rest).subarray(0, length).toString();
    this.received = Buffer.from(rest).subarray(length).toString();
    return { status: Number(first.split(' ')[1]), headers, body };
  }
}
