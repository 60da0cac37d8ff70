import { IsBoolean, IsEmail, IsIn, IsInt, IsOptional, IsString, Length, Max, Min, validateSync } from 'class-validator';
import { availableParallelism } from 'node:os';
import { findConflicts } from './conflicts';
import { ConfigError } from './config-error';
import { parseSetting } from './parse-setting';
import { AreOrigins, IsDatabaseUrl, IsSmtpUrl, IsWebUrl, splitOrigins } from './url-rules';
import { DATABASE_URL_FORMS, parseDatabaseUrl, type DatabaseLocation } from './database-url';

const TLS_MODES = ['off', 'verify-ca', 'verify-identity'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The settings of the service. Each property is named after its environment variable. */
export class Config {
  /** TCP port to listen on, 0 to 65535; 0 lets the operating system choose a free one. */
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT = 3000;

  /** Address to listen on; `0.0.0.0` listens on every address of the machine, as a container must. */
  @IsString()
  HOST = '127.0.0.1';

  /** URL of the database: SQLite, or MySQL 8.4+ / MariaDB 10.11+. */
  @IsDatabaseUrl()
  DATABASE_URL = 'sqlite:var/activity.db';

  /** URL of a read replica for reports, MySQL or MariaDB only; without it, reports read from DATABASE_URL. */
  @IsOptional()
  @IsDatabaseUrl()
  DATABASE_READ_URL?: string;

  /**
   * Encryption of the connections to MySQL and MariaDB. `off`: none. `verify-ca`: TLS, if a trusted authority signed the
   * server's certificate. `verify-identity`: the certificate must also be for the host name in the URL. Node.js trusts
   * further authorities with its own variable NODE_EXTRA_CA_CERTS.
   */
  @IsIn(TLS_MODES)
  DATABASE_TLS: (typeof TLS_MODES)[number] = 'off';

  /** The most connections for writing, and the most for reading, 1 to 500. Each of the EXPORT_WORKERS adds one. */
  @IsInt()
  @Min(1)
  @Max(500)
  DATABASE_POOL_SIZE = 10;

  /** Seconds to wait at startup for a database that is down or has no free connection, 0 to 3600; 0 tries once. */
  @IsInt()
  @Min(0)
  @Max(3600)
  DATABASE_WAIT_SECONDS = 60;

  /** Seconds between reporting "not ready" and closing the port at shutdown, 0 to 600; load balancers need them. */
  @IsInt()
  @Min(0)
  @Max(600)
  DRAIN_SECONDS = 0;

  /** Seconds for running requests and jobs to finish after the port has closed, 0 to 3600; then they are aborted. */
  @IsInt()
  @Min(0)
  @Max(3600)
  SHUTDOWN_SECONDS = 25;

  /** Hours after which a session expires, 1 to 720. */
  @IsInt()
  @Min(1)
  @Max(720)
  SESSION_HOURS = 12;

  /** Failed logins allowed from one IP address within 15 minutes, over all email addresses, 10 to 100,000. */
  @IsInt()
  @Min(10)
  @Max(100_000)
  LOGIN_FAILURES_PER_ADDRESS = 100;

  /** Hours after which the link in an invitation expires, 1 to 720. */
  @IsInt()
  @Min(1)
  @Max(720)
  INVITATION_HOURS = 72;

  /** Number of worker threads that write exports and count summaries, 1 to 64; each has its own database connection. */
  @IsInt()
  @Min(1)
  @Max(64)
  EXPORT_WORKERS = Math.min(Math.max(availableParallelism() - 1, 1), 64);

  /** Exports and summaries that one account can run at once in this process, 1 to 1000; more get 429. */
  @IsInt()
  @Min(1)
  @Max(1000)
  EXPORTS_PER_ACCOUNT = 8;

  /** Seconds after which an export is cut off if its client receives no more bytes of it, 1 to 86,400. */
  @IsInt()
  @Min(1)
  @Max(86_400)
  EXPORT_STALL_SECONDS = 600;

  /** Seconds after which an export or a summary gives up a query that MySQL or MariaDB has not answered, 1 to 3600. */
  @IsInt()
  @Min(1)
  @Max(3600)
  EXPORT_READ_SECONDS = 60;

  /** Seconds after which a summary of the report is stopped with 422, 1 to 600. */
  @IsInt()
  @Min(1)
  @Max(600)
  SUMMARY_TIMEOUT_SECONDS = 10;

  /** Maximum number of activity feed streams of one account in this process, 1 to 10,000; more get 429. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  STREAMS_PER_ACCOUNT = 20;

  /** Maximum number of activity feed streams of all accounts in this process, 1 to 100,000; more get 429. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  MAX_STREAMS = 500;

  /** Seconds without records after which a stream of the activity feed sends a heartbeat, 1 to 300. */
  @IsInt()
  @Min(1)
  @Max(300)
  STREAM_HEARTBEAT_SECONDS = 15;

  /** Seconds after which an activity feed stream is cut off if its client receives no more bytes of it, 1 to 86,400. */
  @IsInt()
  @Min(1)
  @Max(86_400)
  STREAM_STALL_SECONDS = 600;

  /** Base URL of the Control Panel, `https://…`; links in emails open its page `accept-invitation`. */
  @IsWebUrl()
  CONTROL_PANEL_URL = 'http://127.0.0.1:3000';

  /**
   * Number of trusted reverse proxies in front of the service, 0 to 10. With n of them, the n-th entry from the end of
   * X-Forwarded-For is the client's address.
   */
  @IsInt()
  @Min(0)
  @Max(10)
  TRUST_PROXY = 0;

  /** Seconds within which a whole request must arrive, or get 408, 1 to 3600. Responses have no time limit. */
  @IsInt()
  @Min(1)
  @Max(3600)
  REQUEST_SECONDS = 60;

  /** Seconds within which the headers of a request must arrive, 1 to 3600; at most REQUEST_SECONDS. */
  @IsInt()
  @Min(1)
  @Max(3600)
  HEADERS_SECONDS = 20;

  /** Seconds that an idle connection is kept open, 1 to 3600; more than the idle timeout of a proxy in front. */
  @IsInt()
  @Min(1)
  @Max(3600)
  KEEP_ALIVE_SECONDS = 75;

  /** Maximum number of open client connections, 1 to 100,000; another one is refused with 503. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  MAX_CONNECTIONS = 2000;

  /** Comma-separated origins that may call the API from a browser; `*` allows every origin. */
  @AreOrigins()
  CORS_ORIGINS = '';

  /** Whether this process runs scheduled jobs, such as renewals. Several processes can: each row is processed once. */
  @IsBoolean()
  SCHEDULE_JOBS = true;

  /** URL of the SMTP server that sends emails; without it, emails are written as files to MAIL_OUTBOX_DIR. */
  @IsOptional()
  @IsSmtpUrl()
  SMTP_URL?: string;

  /** Sender address of emails. */
  @IsEmail({ require_tld: false })
  MAIL_FROM = 'billing@localhost';

  /** Folder for emails as .eml files when SMTP_URL is not set. */
  @IsString()
  MAIL_OUTBOX_DIR = 'var/outbox';

  /** Days after which a delivered or failed email is deleted, counted from when it was queued, 1 to 3650. */
  @IsInt()
  @Min(1)
  @Max(3650)
  MAIL_RETENTION_DAYS = 30;

  /** Lowest level of the messages that are logged. */
  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  /** Password of every demo user, 12 to 128 characters. Only the demo reads it; it generates one by default. */
  @IsOptional()
  @Length(12, 128)
  DEMO_PASSWORD?: string;

  /** The database that everything is written to. */
  get database(): DatabaseLocation {
    return parseLocation(this.DATABASE_URL);
  }

  /** The database that reports read from. */
  get readDatabase(): DatabaseLocation {
    return parseLocation(this.DATABASE_READ_URL ?? this.DATABASE_URL);
  }

  /** Returns the URL of a page of the Control Panel. */
  controlPanelPage(path: string): string {
    return `${this.CONTROL_PANEL_URL.replace(/\/+$/, '')}/${path}`;
  }

  /** The origins in CORS_ORIGINS. */
  get corsOrigins(): string[] {
    return splitOrigins(this.CORS_ORIGINS);
  }
}

/**
 * Reads and validates the settings from the environment. A variable that is absent or empty leaves its setting at the
 * default.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const config = new Config();
  const settings = config as unknown as Record<string, unknown>; // safe: SETTING_NAMES holds only keys of Config
  for (const name of SETTING_NAMES) {
    const text = environment[name];
    if (text !== undefined && text !== '') settings[name] = parseSetting(text, settings[name]);
  }
  const errors = validateSync(config).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((rule) => `${property} ${rule.replace(new RegExp(`^${property} `), '')}`),
  );
  errors.push(...findConflicts(config));
  if (errors.length > 0)
    throw new ConfigError(`The service can't start with these settings:\n  ${errors.join('\n  ')}`);
  return config;
}

/** Members of `Config` that are derived from settings. */
type Derived = 'database' | 'readDatabase' | 'corsOrigins' | 'controlPanelPage';
export type SettingName = Exclude<keyof Config, Derived>;

/** Names of the environment variables. A setting that is missing here does not compile. */
export const SETTINGS = {
  PORT: true,
  HOST: true,
  DATABASE_URL: true,
  DATABASE_READ_URL: true,
  DATABASE_TLS: true,
  DATABASE_POOL_SIZE: true,
  DATABASE_WAIT_SECONDS: true,
  DRAIN_SECONDS: true,
  SHUTDOWN_SECONDS: true,
  SESSION_HOURS: true,
  LOGIN_FAILURES_PER_ADDRESS: true,
  INVITATION_HOURS: true,
  EXPORT_WORKERS: true,
  EXPORTS_PER_ACCOUNT: true,
  EXPORT_STALL_SECONDS: true,
  EXPORT_READ_SECONDS: true,
  SUMMARY_TIMEOUT_SECONDS: true,
  STREAMS_PER_ACCOUNT: true,
  MAX_STREAMS: true,
  STREAM_HEARTBEAT_SECONDS: true,
  STREAM_STALL_SECONDS: true,
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

function parseLocation(url: string): DatabaseLocation {
  const location = parseDatabaseUrl(url);
  if (!location) throw new ConfigError(`DATABASE_URL must be ${DATABASE_URL_FORMS}`);
  return location;
}
