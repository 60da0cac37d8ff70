import { Column, ForeignKey, type ColumnOptions, type ObjectType } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';

/** The type of a column. Its differences between the databases are in `dialect.ts`. */
export interface Storage {
  readonly type: 'varchar' | 'text' | 'datetime' | 'integer' | 'bigint' | 'json';
  readonly length?: number;
}

/** Returns the type of a text with at most `length` characters. */
export const storedText = (length: number): Storage => ({ type: 'varchar', length });
/** A ULID: the id of the row, or of another row. */
export const STORED_ID = storedText(26);
/** A long text: at most 64 KiB on MySQL and MariaDB. */
export const STORED_LONG_TEXT: Storage = { type: 'text' };
/** An instant in UTC, to the millisecond. */
export const STORED_INSTANT: Storage = { type: 'datetime' };
/** A 32-bit integer. */
export const STORED_INTEGER: Storage = { type: 'integer' };
/** An amount in minor units of its currency, as a 64-bit integer. */
export const STORED_MONEY: Storage = { type: 'bigint' };
/** A number that grows by 1 with each row of an account, as a 64-bit integer. */
export const STORED_SEQUENCE: Storage = { type: 'bigint' };
/** A JSON document of any length. */
export const STORED_JSON: Storage = { type: 'json' };

/** Maximum characters of text columns, by the meaning of the text. A change of a length needs a migration. */
export const LENGTH = {
  /** A value of a short enumeration, such as a status. */
  word: 16,
  /** A value of an enumeration with longer values, such as a reason. */
  longWord: 32,
  outcome: 8,
  /** The code of an activity type, a privilege or a product. */
  code: 64,
  /** The reference of an order or a subscription in the Control Panel of this service. */
  reference: 16,
  /** The reference of an order or a subscription in any system. */
  foreignReference: 64,
  /** The name of a person, a merchant or a product. */
  name: 200,
  /** A short name, such as the name of a role. */
  label: 100,
  email: 254,
  subject: 500,
  comment: 2000,
  page: 200,
  /** A BCP 47 language tag. */
  language: 35,
  /** An ISO 3166-1 alpha-2 code. */
  country: 2,
  /** An ISO 4217 code. */
  currency: 3,
  /** An IANA time zone. */
  timeZone: 64,
  /** An IPv4 or IPv6 address. */
  ipAddress: 45,
  userAgent: 512,
  requestId: 64,
  /** A SHA-256 hash in hexadecimal. */
  hash: 64,
  /** 128 random bits in hexadecimal. */
  salt: 32,
  /** An argon2id hash with its salt and its parameters. */
  passwordHash: 200,
  tokenPrefix: 16,
  /** The codes of all privileges. */
  privileges: 1000,
  /** The networks of an API key: 50 of the greatest length. */
  networks: 2200,
  movementKey: 100,
  cardToken: 128,
  cardLastFour: 4,
  cardExpires: 7,
} as const;

/** Options of a single column. Its `name` is the property's name in snake case by default. */
type Options = Pick<ColumnOptions, 'name' | 'primary' | 'nullable' | 'default' | 'select' | 'transformer'>;

export const IdColumn = (options?: Options) => columnOf(STORED_ID, options);
export const TextColumn = (kind: keyof typeof LENGTH, options?: Options) => columnOf(storedText(LENGTH[kind]), options);
export const LongTextColumn = (options?: Options) => columnOf(STORED_LONG_TEXT, options);
export const InstantColumn = (options?: Options) => columnOf(STORED_INSTANT, options);
export const IntegerColumn = (options?: Options) => columnOf(STORED_INTEGER, options);
export const JsonColumn = (options?: Options) => columnOf(STORED_JSON, options);
export const MoneyColumn = (options?: Options) => columnOf(STORED_MONEY, { transformer: exactNumber, ...options });
/** A number that grows by 1 with each row of an account. */
export const SequenceColumn = (options?: Options) =>
  columnOf(STORED_SEQUENCE, { transformer: exactNumber, ...options });
/** The version of a row for optimistic locking. Each change adds 1. */
export const RowVersionColumn = (options?: Options) => columnOf(STORED_INTEGER, options);
/** The number of times that `lockRow` has locked the row. */
export const LockCountColumn = () => columnOf(STORED_INTEGER, { default: 0, select: false });
/** A JSON document in a column of type text, of at most 64 KiB on MySQL and MariaDB (TypeORM's `simple-json`). */
export const JsonTextColumn = (options?: Options) => columnOf({ type: 'simple-json' }, options);

/**
 * The id of a row of another table, with a foreign key. By default, the other row cannot be deleted while this one
 * exists.
 */
export function ReferenceColumn<Entity>(
  to: string | (() => ObjectType<Entity>),
  { onDelete = 'RESTRICT', ...options }: Options & { readonly onDelete?: 'RESTRICT' | 'CASCADE' } = {},
): PropertyDecorator {
  return (target, property) => {
    ForeignKey(to, { onDelete, onUpdate: 'RESTRICT' })(target, property);
    IdColumn(options)(target, property);
  };
}

/**
 * Converts the texts that drivers return for 64-bit integers to numbers. Amounts and sequences are far below
 * `Number.MAX_SAFE_INTEGER`.
 */
const exactNumber = {
  to: (amount: number | null) => amount,
  from: (amount: string | number | null) => (amount === null ? null : Number(amount)),
};

/** Returns whether a column stores texts unchanged, so that they need no conversion by the driver. */
export function isText({ type, transformer }: ColumnMetadata): boolean {
  return (type === 'varchar' || type === 'text') && transformer === undefined;
}

function columnOf(storage: Storage | { readonly type: 'simple-json' }, options?: Options): PropertyDecorator {
  return (target, property) => {
    Column({ name: snakeCase(String(property)), ...storage, ...options })(target, property);
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
