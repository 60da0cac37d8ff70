/** Where a database is: the embedded one by its file, or a server by its address. */
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

export const DATABASE_URL_FORMS = 'sqlite:path/to/file.db or mysql://user:password@host:3306/database';

/** Reads a database URL; undefined when it has neither of the two forms. */
export function parseDatabaseUrl(url: string): DatabaseLocation | undefined {
  if (url.startsWith('sqlite:')) {
    const file = url.slice('sqlite:'.length).replace(/^\/\//, '');
    return file && file !== ':memory:' ? { kind: 'sqlite', file } : undefined;
  }
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  const { protocol, hostname, port } = address;
  const [username, password, database] = [address.username, address.password, address.pathname.slice(1)].map(
    decodePart,
  );
  if (!['mysql:', 'mariadb:'].includes(protocol) || !hostname || !database) return undefined;
  if (username === undefined || password === undefined) return undefined;
  return {
    kind: protocol === 'mariadb:' ? 'mariadb' : 'mysql',
    host: hostname,
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
