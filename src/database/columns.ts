import { Column, ForeignKey, type ColumnOptions, type ObjectType } from 'typeorm';

/** How one kind of value is stored. Where databases differ in a type, `dialect.ts` says how. */
export interface Storage {
  readonly type: 'varchar' | 'text' | 'datetime' | 'integer' | 'bigint' | 'json';
  readonly length?: number;
}

/** A text of at most so many characters. */
export const storedText = (length: number): Storage => ({ type: 'varchar', length });
/** A ULID: the row's own, or that of another one. */
export const STORED_ID = storedText(26);
/** A text that may be longer than a page: on MySQL 64 KiB. */
export const STORED_LONG_TEXT: Storage = { type: 'text' };
/** An instant in UTC, to the millisecond. */
export const STORED_INSTANT: Storage = { type: 'datetime' };
/** A whole number that fits 32 bits. */
export const STORED_INTEGER: Storage = { type: 'integer' };
/** An amount in minor units of its currency. */
export const STORED_MONEY: Storage = { type: 'bigint' };
/** A JSON document of any length. */
export const STORED_JSON: Storage = { type: 'json' };

/** How many characters the columns of each kind of text hold. A change of a length needs a migration. */
export const LENGTH = {
  /** One of a few words that the code knows, such as a status. */
  word: 16,
  /** Such a word where it may be long, such as a reason. */
  longWord: 32,
  outcome: 8,
  /** A code of an activity type, a privilege or a product. */
  code: 64,
  /** What an order or a subscription of the Control Panel is called. */
  reference: 16,
  /** What an order or a subscription is called anywhere. */
  foreignReference: 64,
  /** A name of a person, a merchant or a product. */
  name: 200,
  /** A short name, such as that of a role. */
  label: 100,
  email: 254,
  subject: 500,
  comment: 2000,
  page: 200,
  /** BCP 47. */
  language: 35,
  /** ISO 3166-1. */
  country: 2,
  /** ISO 4217. */
  currency: 3,
  /** Of the IANA database. */
  timeZone: 64,
  /** An IPv4 or IPv6 address. */
  ipAddress: 45,
  userAgent: 512,
  requestId: 64,
  /** SHA-256 in hexadecimal. */
  hash: 64,
  /** Argon2id, with its salt and cost. */
  passwordHash: 200,
  tokenPrefix: 16,
  /** The codes of all privileges. */
  privileges: 1000,
  /** Fifty of the longest networks. */
  networks: 2200,
  movementKey: 100,
  cardToken: 128,
  cardLastFour: 4,
  cardExpires: 7,
} as const;

/** What one column has beside its kind; `name` where it is not the property's in snake case. */
type Options = Pick<ColumnOptions, 'name' | 'primary' | 'nullable' | 'default' | 'select' | 'transformer'>;

export const IdColumn = (options?: Options) => columnOf(STORED_ID, options);
export const TextColumn = (kind: keyof typeof LENGTH, options?: Options) => columnOf(storedText(LENGTH[kind]), options);
export const LongTextColumn = (options?: Options) => columnOf(STORED_LONG_TEXT, options);
export const InstantColumn = (options?: Options) => columnOf(STORED_INSTANT, options);
export const IntegerColumn = (options?: Options) => columnOf(STORED_INTEGER, options);
export const JsonColumn = (options?: Options) => columnOf(STORED_JSON, options);
export const MoneyColumn = (options?: Options) => columnOf(STORED_MONEY, { transformer: exactNumber, ...options });
/** Counts the changes of a row, so that nobody overwrites a change unseen. */
export const RowVersionColumn = () => columnOf(STORED_INTEGER);
/** Counts how often a row was locked with `lockRow`. */
export const LockCountColumn = () => columnOf(STORED_INTEGER, { default: 0, select: false });
/** A JSON document in a column of long text, which TypeORM calls `simple-json`. */
export const JsonTextColumn = (options?: Options) => columnOf({ type: 'simple-json' }, options);

/** The id of a row of another table, which can't be deleted as long as this one is there. */
export function ReferenceColumn<Entity>(
  to: string | (() => ObjectType<Entity>),
  { onDelete = 'RESTRICT', ...options }: Options & { readonly onDelete?: 'RESTRICT' | 'CASCADE' } = {},
): PropertyDecorator {
  return (target, property) => {
    ForeignKey(to, { onDelete, onUpdate: 'RESTRICT' })(target, property);
    IdColumn(options)(target, property);
  };
}

/** Drivers return 64-bit integers as text; amounts stay far below what a number holds exactly. */
const exactNumber = {
  to: (amount: number | null) => amount,
  from: (amount: string | number | null) => (amount === null ? null : Number(amount)),
};

function columnOf(storage: Storage | { readonly type: 'simple-json' }, options?: Options): PropertyDecorator {
  return (target, property) => {
    Column({ name: snakeCase(String(property)), ...storage, ...options })(target, property);
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
