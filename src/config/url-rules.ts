import { ValidateBy } from 'class-validator';
import { DATABASE_URL_FORMS, parseDatabaseUrl } from './database-url';

/** Validates a database URL. The error message omits the value, because it contains a password. */
export function IsDatabaseUrl(): PropertyDecorator {
  const validate = (url: unknown) => typeof url === 'string' && parseDatabaseUrl(url) !== undefined;
  return ValidateBy({
    name: 'isDatabaseUrl',
    validator: { validate, defaultMessage: () => `must be ${DATABASE_URL_FORMS}` },
  });
}

/** Validates the URL of an SMTP server. The error message omits the value, because it may contain a password. */
export function IsSmtpUrl(): PropertyDecorator {
  const validate = (url: unknown) => typeof url === 'string' && isSmtpUrl(url);
  const defaultMessage = () =>
    'must be smtp://user:password@host:587 or smtps://…; user, password and port may be absent';
  return ValidateBy({ name: 'isSmtpUrl', validator: { validate, defaultMessage } });
}

function isSmtpUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(url);
  const isDecodable = [username, password].every((part) => !/%(?![0-9A-Fa-f]{2})/.test(part));
  const isBare = ['', '/'].includes(pathname) && search === '' && hash === '';
  return ['smtp:', 'smtps:'].includes(protocol) && hostname !== '' && isDecodable && isBare;
}

/**
 * Validates a base URL of links. It must have no query or fragment, because a path is appended to it, and no user or
 * password, because every email would disclose them.
 */
export function IsWebUrl(): PropertyDecorator {
  const validate = (url: unknown) => typeof url === 'string' && isWebUrl(url);
  const defaultMessage = () => 'must be http://host or https://host/path, without user, query or fragment';
  return ValidateBy({ name: 'isWebUrl', validator: { validate, defaultMessage } });
}

function isWebUrl(url: string): boolean {
  if (!URL.canParse(url) || /[\s?#]/.test(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  return ['http:', 'https:'].includes(protocol) && hostname !== '' && username === '' && password === '';
}
