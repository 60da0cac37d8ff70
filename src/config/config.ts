import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { DATABASE_URL_FORMS, parseDatabaseUrl, type DatabaseLocation } from './database-url';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every setting of the service: its name in the environment, its type, its default and its meaning. */
export class Config {
  /** TCP port to listen on; 0 takes any free one. */
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 3000;

  /** Address to listen on; `0.0.0.0` is every address of the machine, as a container needs. */
  @IsString()
  HOST = '127.0.0.1';

  /** The database: the embedded one, or MySQL 8.4+ / MariaDB 10.11+. */
  @IsDatabaseUrl()
  DATABASE_URL = 'sqlite:var/activity.db';

  /** A read replica for reports; without it they read from DATABASE_URL. Only with MySQL or MariaDB. */
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_READ_URL?: string;

  /** Connections kept to each MySQL or MariaDB server, 1 to 500. */
  @IsInt()
  @Min(1)
  @Max(500)
  DATABASE_POOL_SIZE = 10;

  /** Seconds for which a start waits for a database that is away or full, 0 to 3600; 0 tries once. */
  @IsInt()
  @Min(0)
  @Max(3600)
  DATABASE_WAIT_SECONDS = 60;

  /** Seconds, 0 to 600, between turning unready and closing the port when the service stops: load balancers need them to notice. */
  @IsInt()
  @Min(0)
  @Max(600)
  DRAIN_SECONDS = 0;

  /** Seconds that requests and jobs under way have to end once the port is closed, 0 to 3600; what remains is cut off. */
  @IsInt()
  @Min(0)
  @Max(3600)
  SHUTDOWN_SECONDS = 25;

  /** Hours after which a login ends by itself, 1 to 720. */
  @IsInt()
  @Min(1)
  @Max(720)
  SESSION_HOURS = 12;

  /** Failed logins from one address, over all e-mails, after which it must wait: in 15 minutes, 10 to 100000. */
  @IsInt()
  @Min(10)
  @Max(100_000)
  LOGIN_FAILURES_PER_ADDRESS = 100;

  /** Hours after which the link of an invitation no longer works, 1 to 720. */
  @IsInt()
  @Min(1)
  @Max(720)
  INVITATION_HOURS = 72;

  /** Where the Control Panel's pages are, `https://…`: links in mails lead to its page `accept-invitation`. */
  @IsWebUrl()
  CONTROL_PANEL_URL = 'http://127.0.0.1:3000';

  /** Reverse proxies in front, 0 to 10: so many of the last addresses in X-Forwarded-For are theirs, the one before is the client's. */
  @IsInt()
  @Min(0)
  @Max(10)
  TRUST_PROXY = 0;

  /** Seconds for a whole request to arrive, 1 to 3600; a slower one is refused with 408. How long an answer takes has no bound. */
  @IsInt()
  @Min(1)
  @Max(3600)
  REQUEST_SECONDS = 60;

  /** Seconds for the headers of a request to arrive, 1 to 3600, and not more than REQUEST_SECONDS. */
  @IsInt()
  @Min(1)
  @Max(3600)
  HEADERS_SECONDS = 20;

  /** Seconds for which a connection stays open without a request, 1 to 3600; more than a proxy in front keeps it. */
  @IsInt()
  @Min(1)
  @Max(3600)
  KEEP_ALIVE_SECONDS = 75;

  /** Connections open at a time, 1 to 100,000; one more is refused with 503. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  MAX_CONNECTIONS = 2000;

  /** Origins whose pages may call the API from a browser, separated by commas; `*` is every origin. */
  @IsString()
  CORS_ORIGINS = '';

  /** Whether this process runs the scheduled jobs, such as renewals; several processes may, each row is done once. */
  @IsBoolean()
  SCHEDULE_JOBS = true;

  /** The server that mails go out through; without it they become files in MAIL_OUTBOX_DIR. */
  @IsOptional()
  @IsSmtpUrl()
  SMTP_URL?: string;

  /** Address that mails come from. */
  @IsEmail({ require_tld: false })
  MAIL_FROM = 'billing@localhost';

  /** Folder that mails go to, as .eml files, while there is no SMTP_URL. */
  @IsString()
  MAIL_OUTBOX_DIR = 'var/outbox';

  /** Days after which a mail that was sent or given up is deleted, counted from when it was queued; 1 to 3650. */
  @IsInt()
  @Min(1)
  @Max(3650)
  MAIL_RETENTION_DAYS = 30;

  /** How much is logged. */
  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  /** Password of every demo user, 12 to 128 characters; read by the demo alone, which makes one up without it. */
  @IsOptional()
  @Length(12, 128)
  DEMO_PASSWORD?: string;

  get database(): DatabaseLocation {
    return locate(this.DATABASE_URL);
  }

  /** Where reports are read from. */
  get readDatabase(): DatabaseLocation {
    return locate(this.DATABASE_READ_URL ?? this.DATABASE_URL);
  }

  /** Address of a page of the Control Panel. */
  controlPanelPage(path: string): string {
    return `${this.CONTROL_PANEL_URL.replace(/\/+$/, '')}/${path}`;
  }

  get corsOrigins(): string[] {
    return this.CORS_ORIGINS.split(',').flatMap((origin) => origin.trim() || []);
  }
}

/** A setting is wrong: the service does not start, and the message says which one and what it may be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the settings from the environment; a setting that is absent or empty has its default. */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const config = new Config();
  const settings = config as unknown as Record<string, unknown>; // the names are Config's own, checked just below
  for (const name of SETTING_NAMES) {
    const text = environment[name];
    if (text !== undefined && text !== '') settings[name] = typed(text, settings[name]);
  }
  const faults = validateSync(config).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((rule) => `${property} ${rule.replace(new RegExp(`^${property} `), '')}`),
  );
  if (config.DATABASE_READ_URL?.startsWith('sqlite:')) faults.push('DATABASE_READ_URL must be a mysql:// address');
  if (config.HEADERS_SECONDS > config.REQUEST_SECONDS)
    faults.push('HEADERS_SECONDS must not be more than REQUEST_SECONDS');
  if (faults.length > 0)
    throw new ConfigError(`The service can't start with these settings:\n  ${faults.join('\n  ')}`);
  return config;
}

/** What is made of settings, and is none itself. */
type Derived = 'database' | 'readDatabase' | 'corsOrigins' | 'controlPanelPage';
export type SettingName = Exclude<keyof Config, Derived>;

/** The names in the environment; a setting that is missing here does not compile. */
export const SETTINGS = {
  PORT: true,
  HOST: true,
  DATABASE_URL: true,
  DATABASE_READ_URL: true,
  DATABASE_POOL_SIZE: true,
  DATABASE_WAIT_SECONDS: true,
  DRAIN_SECONDS: true,
  SHUTDOWN_SECONDS: true,
  SESSION_HOURS: true,
  LOGIN_FAILURES_PER_ADDRESS: true,
  INVITATION_HOURS: true,
  CONTROL_PANEL_URL: true,
  TRUST_PROXY: true,
  REQUEST_SECONDS: true,
  HEADERS_SECONDS: true,
  KEEP_ALIVE_SECONDS: true,
  MAX_CONNECTIONS: true,
  CORS_ORIGINS: true,
  SCHEDULE_JOBS: true,
  SMTP_URL: true,
  MAIL_FROM: true,
  MAIL_OUTBOX_DIR: true,
  MAIL_RETENTION_DAYS: true,
  LOG_LEVEL: true,
  DEMO_PASSWORD: true,
} as const satisfies Record<SettingName, true>;

const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The text as the type that its default has; what doesn't fit stays text, for the validation to refuse. */
function typed(text: string, example: unknown): unknown {
  if (typeof example === 'number') return /^\d+$/.test(text) ? Number(text) : text;
  if (typeof example === 'boolean') return ({ true: true, false: false } as Record<string, boolean>)[text] ?? text;
  return text;
}

/** The message never repeats the value: it holds a password. */
function IsDatabaseUrl(): PropertyDecorator {
  const validate = (url: unknown) => typeof url === 'string' && parseDatabaseUrl(url) !== undefined;
  return ValidateBy({
    name: 'isDatabaseUrl',
    validator: { validate, defaultMessage: () => `must be ${DATABASE_URL_FORMS}` },
  });
}

/** The message never repeats the value: it may hold a password. */
function IsSmtpUrl(): PropertyDecorator {
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

/** A link is made of it: what stands behind the path would get in its way, and a password would go out with each mail. */
function IsWebUrl(): PropertyDecorator {
  const validate = (url: unknown) => typeof url === 'string' && isWebUrl(url);
  const defaultMessage = () => 'must be http://host or https://host/path, without user, query or fragment';
  return ValidateBy({ name: 'isWebUrl', validator: { validate, defaultMessage } });
}

function isWebUrl(url: string): boolean {
  if (!URL.canParse(url) || /[\s?#]/.test(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  return ['http:', 'https:'].includes(protocol) && hostname !== '' && username === '' && password === '';
}

function locate(url: string): DatabaseLocation {
  const location = parseDatabaseUrl(url);
  if (!location) throw new ConfigError(`DATABASE_URL must be ${DATABASE_URL_FORMS}`);
  return location;
}
