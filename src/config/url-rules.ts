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
 * Validates a list of origins, separated by commas. Browsers send an origin without a path, without a default port and in
 * lower case; any other text would allow no page.
 */
export function AreOrigins(): PropertyDecorator {
  const validate = (origins: unknown) => typeof origins === 'string' && splitOrigins(origins).every(isOrigin);
  const defaultMessage = () =>
    'must be origins such as https://panel.example, separated by commas: each without a path, or * for every origin';
  return ValidateBy({ name: 'areOrigins', validator: { validate, defaultMessage } });
}

/** Returns the origins of a list that is separated by commas. */
export function splitOrigins(origins: string): string[] {
  return origins.split(',').flatMap((origin) => origin.trim() || []);
}

function isOrigin(text: string): boolean {
  if (text === '*') return true;
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/?#@*\s\\]+$/.test(text) || !URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  // Apps and browser extensions have other schemes, for which `URL` knows no origin.
  return !['http:', 'https:'].includes(protocol) || origin === text;
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
