import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server, which keeps the emails that it receives. */
export class MailServer {
  readonly mails: Email[] = [];
  private server: SMTPServer | undefined;

  /** The port, which stays the same after a restart. */
  port = 0;

  constructor(private readonly credentials?: { readonly user: string; readonly password: string }) {}

  /** Starts a server on any free port. */
  static async start(credentials?: { user: string; password: string }): Promise<MailServer> {
    const server = new MailServer(credentials);
    await server.start();
    return server;
  }

  /** Returns the URL of the server, for the settings of a service. */
  get url(): string {
    const { user, password } = this.credentials ?? {};
    const login = user && password && `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
    return `smtp://${login ?? ''}127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server = new SMTPServer({
      hideSTARTTLS: true,
      closeTimeout: 1,
      authOptional: this.credentials === undefined,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _, done) => {
        const isKnown = username === this.credentials?.user && password === this.credentials?.password;
        done(isKnown ? null : new Error('who?'), { user: username });
      },
      onData: (stream, _, done) => {
        void buffer(stream)
          .then((bytes) => PostalMime.parse(bytes))
          .then((mail) => {
            this.mails.push(mail);
            done();
          }, done);
      },
    });
    this.server.on('error', () => undefined); // clients that disconnect
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server.server, 'listening');
    ({ port: this.port } = this.server.server.address() as AddressInfo);
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
  }
}
