import { MailServer } from './mail-server';

/** Starts a mail server before the tests of the describe block, and stops it after them. */
export function useMailServer(credentials?: { readonly user: string; readonly password: string }): MailServer {
  const server = new MailServer(credentials);
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  return server;
}
