/** Matches the codes of errors of the network and of the connection pool. */
const CONNECTION_LOST =
  /^(CONNECTION_LOST|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|PROTOCOL_|POOL_)/;

/** Codes of errors that mean that the server cannot run statements now. */
const SERVER_UNAVAILABLE = new Set([
  'ER_ABORTING_CONNECTION',
  'ER_ACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_CANT_CREATE_THREAD',
  'ER_CON_COUNT_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_DISK_FULL',
  // Galera: the node left the others while it committed.
  'ER_ERROR_DURING_COMMIT',
  'ER_HOST_IS_BLOCKED',
  'ER_LOCK_TABLE_FULL',
  'ER_NEW_ABORTING_CONNECTION',
  'ER_NORMAL_SHUTDOWN',
  'ER_OPEN_AS_READONLY',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_OUTOFMEMORY',
  'ER_OUT_OF_RESOURCES',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_READ_ONLY_MODE',
  'ER_RECORD_FILE_FULL',
  'ER_SERVER_SHUTDOWN',
  'ER_TOO_MANY_USER_CONNECTIONS',
  // Galera: "WSREP has not yet prepared node for application use".
  'ER_UNKNOWN_COM_ERROR',
  'ER_USER_LIMIT_REACHED',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'HANDSHAKE_SSL_ERROR',
  // Errors of MariaDB for which the driver has no names: connection killed, statement took too long.
  'ERROR_1927',
  'ERROR_1969',
]);

/**
 * Codes of errors after which the server has rolled back the transaction in favor of another one; in a cluster, also at
 * COMMIT.
 */
export const TRANSACTION_LOST: ReadonlySet<string> = new Set([
  'ER_CHECKREAD',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_TRANSACTION_ROLLBACK_DURING_COMMIT',
]);

/** Codes of errors that mean that the user, the password, the name of the database or the use of TLS is wrong. */
export const MISCONFIGURED: ReadonlySet<string> = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_BAD_DB_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'HANDSHAKE_SSL_ERROR',
]);

/** Returns whether an error with this code means that the server is unavailable, or too busy to answer. */
export function isServerUnavailable(code: string): boolean {
  return CONNECTION_LOST.test(code) || SERVER_UNAVAILABLE.has(code);
}
