import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * When a connection is broken: before the server gets the COMMIT, or after it has committed but before its response.
 */
export type Cut = 'before COMMIT' | 'after COMMIT';

/**
 * A proxy in front of a MySQL or MariaDB server that can break the connection of a transaction during COMMIT, and fall
 * silent.
 */
export class DatabaseProxy {
  private armed: { readonly statement: string; readonly cut: Cut; readonly isTransaction: boolean } | undefined;
  private readonly sockets = new Set<Socket>();
  private isSilent = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  /** @param url URL of the database that the proxy connects to */
  static async start(url: string): Promise<DatabaseProxy> {
    const target = new URL(url);
    const server = createServer();
    const proxy = new DatabaseProxy(server, target);
    server.on('connection', (client) => {
      proxy.join(client);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.toString();
  }

  /** Breaks the connection of the next transaction with a matching statement, when it commits. */
  breakCommitAfter(statement: string, cut: Cut): void {
    this.armed = { statement, cut, isTransaction: true };
  }

  /** Breaks the connection of the next statement with this value, which is committed without a COMMIT. */
  breakStatementWith(value: string, cut: Cut): void {
    this.armed = { statement: value, cut, isTransaction: false };
  }

  /** Keeps all connections open and accepts new ones, but forwards nothing. */
  fallSilent(): void {
    this.isSilent = true;
  }

  /** Forwards again. What was sent meanwhile is lost. */
  speakAgain(): void {
    this.isSilent = false;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const database = connect(Number(this.target.port || 3306), this.target.hostname);
    for (const socket of [client, database]) {
      this.sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          client.destroy();
          database.destroy();
        });
    }
    let ranStatement = false;
    let isCut = false;
    client.on('data', (sent: Buffer) => {
      if (this.isSilent) return undefined;
      const { armed } = this;
      if (armed && sent.includes(armed.statement)) ranStatement = true;
      if (armed && ranStatement && (!armed.isTransaction || sent.includes('\x03COMMIT'))) {
        this.armed = undefined;
        isCut = true;
        if (armed.cut === 'before COMMIT') return client.destroy();
      }
      return database.write(sent);
    });
    database.on('data', (answer: Buffer) => {
      if (this.isSilent) return undefined;
      return isCut ? client.destroy() : client.write(answer);
    });
  }
}
