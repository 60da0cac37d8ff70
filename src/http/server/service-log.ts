import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type LogFn, type Logger, type LoggerOptions } from 'pino';
import type { Config } from '../../config/config';
import { redactText } from '../../lib/secrets/redact';

type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/**
 * The log of the service: one JSON line for each message of Nest's `Logger`, with the id of the request that caused it.
 * Redacts secrets in every message and field.
 */
export class ServiceLog implements LoggerService {
  private readonly pino: Logger;

  /**
   * @param requestId returns the id of the current request; undefined outside of a request
   */
  constructor(config: Config, requestId: () => string | undefined, destination: DestinationStream) {
    const mixin = () => {
      const id = requestId();
      return id === undefined ? {} : { requestId: id };
    };
    this.pino = pino({ ...REDACTED, level: config.LOG_LEVEL, mixin }, destination);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  /**
   * Writes a message of Nest's `Logger`: a text, an error, or fields that a text can follow. The name of the logger
   * comes last. Nest itself logs an error as its message, followed by its stack.
   */
  private write(level: Level, message: unknown, more: readonly unknown[]): void {
    const context = more.at(-1);
    const [text] = more.slice(0, -1);
    // Without a text of its own, pino would take the message of an error as it is.
    if (message instanceof Error) this.pino[level]({ context, err: message }, message.message);
    else if (typeof message === 'object') this.pino[level]({ context, ...message }, ...(isText(text) ? [text] : []));
    else if (isText(message) && isText(text) && STACK.test(text)) {
      this.pino[level]({ context, err: Object.assign(new Error(message), { stack: text }) }, message);
    } else this.pino[level]({ context }, message as string);
  }
}

/** Returns where the log goes by default: standard output, without blocking the event loop. Lines are written in order. */
export function standardOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: false });
}

const STACK = /\n\s*at /;

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

const REDACTED: LoggerOptions = {
  serializers: { err: (error: Error) => withoutValues(pino.stdSerializers.err(error)) },
  // Called for every log line, with its message and fields.
  hooks: {
    logMethod(message, write: LogFn) {
      write.apply(this, message.map(withoutSecrets) as typeof message);
    },
  },
  formatters: {
    log: (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, withoutSecrets(value)])),
  },
};

/** Redacts a text. Returns other values unchanged; errors have their own serializer. */
function withoutSecrets(value: unknown): unknown {
  return typeof value === 'string' ? redactText(value) : value;
}

/** An error as pino serializes it. Errors of a database also have the statement and its values. */
interface LoggedError {
  readonly message?: string;
  readonly stack?: string;
  readonly parameters?: unknown;
  readonly sql?: unknown;
  readonly driverError?: LoggedError | string;
}

/**
 * Removes the values of a database statement from an error: they can be an email with an invitation, or a password
 * hash.
 */
function withoutValues(logged: LoggedError | string): LoggedError | string {
  if (typeof logged === 'string') return redactText(logged);
  const { parameters: _values, sql: _withValues, message, stack, driverError, ...error } = logged;
  return {
    ...Object.fromEntries(Object.entries(error).map(([name, value]) => [name, withoutSecrets(value)])),
    ...(message !== undefined && { message: redactText(message) }),
    ...(stack !== undefined && { stack: redactText(stack) }),
    ...(driverError && { driverError: withoutValues(driverError) }),
  };
}
