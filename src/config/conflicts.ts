import { isIP } from 'node:net';
import { parseDatabaseUrl } from './database-url';

/** The settings that depend on each other. `Config` itself would be an import in a circle. */
interface RelatedSettings {
  readonly DATABASE_URL: string;
  readonly DATABASE_READ_URL?: string;
  readonly DATABASE_TLS: string;
  readonly HEADERS_SECONDS: number;
  readonly REQUEST_SECONDS: number;
}

/** Returns a message for each rule about several settings that they break. */
export function findConflicts({
  DATABASE_URL,
  DATABASE_READ_URL,
  DATABASE_TLS,
  HEADERS_SECONDS,
  REQUEST_SECONDS,
}: RelatedSettings): string[] {
  const messages: string[] = [];
  const locations = [DATABASE_URL, DATABASE_READ_URL ?? DATABASE_URL].map((url) => parseDatabaseUrl(url));
  if (DATABASE_READ_URL?.startsWith('sqlite:')) messages.push('DATABASE_READ_URL must be a mysql:// address');
  else if (DATABASE_READ_URL !== undefined && DATABASE_URL.startsWith('sqlite:'))
    messages.push('DATABASE_READ_URL must be absent with SQLite: a replica has the rows of a server in DATABASE_URL');
  if (DATABASE_TLS !== 'off' && locations.some((location) => location?.kind === 'sqlite'))
    messages.push('DATABASE_TLS must be off with SQLite, which has no connections to encrypt');
  // For an address, the driver would verify that the certificate is for `localhost`.
  if (DATABASE_TLS === 'verify-identity' && locations.some((server) => server && 'host' in server && isIP(server.host)))
    messages.push('DATABASE_TLS must not be verify-identity with an IP address: use the name of the server in the URL');
  if (HEADERS_SECONDS > REQUEST_SECONDS) messages.push('HEADERS_SECONDS must not be more than REQUEST_SECONDS');
  return messages;
}
