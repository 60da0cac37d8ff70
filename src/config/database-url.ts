/** The location of a database: the file of SQLite, or the address and credentials of a server. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | {
      readonly kind: 'mysql' | 'mariadb';
      readonly host: string;
      readonly port: number;
      readonly username: string;
      readonly password: string;
      readonly database: string;
    };

export const DATABASE_URL_FORMS =
  'sqlite:path/to/file.db or mysql://user:password@host:3306/database, without parameters';

/**
 * Parses a database URL. Returns undefined if it matches neither of `DATABASE_URL_FORMS`. A URL with parameters matches
 * none: the service would ignore them, and `?ssl-mode=REQUIRED` would connect without encryption. See DATABASE_TLS.
 */
export function parseDatabaseUrl(url: string): DatabaseLocation | undefined {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length).replace(/^\/\//, '');
    return file && file !== ':memory:' ? { kind: 'sqlite', file } : undefined;
  }
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  const { protocol, hostname, port, search, hash } = address;
  const [username, password, database] = [address.username, address.password, address.pathname.slice(1)].map(
    decodePart,
  );
  if (!['mysql:', 'mariadb:'].includes(protocol) || !hostname || !database || search || hash) return undefined;
  if (username === undefined || password === undefined) return undefined;
  return {
    kind: protocol === 'mariadb:' ? 'mariadb' : 'mysql',
    // A URL has an IPv6 address in brackets, which are no part of the address.
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 3306),
    username,
    password,
    database,
  };
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
