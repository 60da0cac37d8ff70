import type { OpenAPIObject } from '@nestjs/swagger';

/** A schema of the contract. */
export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** One of the details of a record: what it means, an example of its value, and the schema of its value. */
export interface Detail<Value = unknown> {
  readonly description: string;
  readonly example: Value;
  readonly schema: Schema;
}

/** The details that records of an activity type can have, by name. */
export type Details = Readonly<Record<string, Detail>>;

type ValueOf<Of> = Of extends Detail<infer Value> ? Value : never;

/** The values of details. Each can be absent: an attempt that failed early knows few of them. */
export type ValuesOf<Named extends Details> = { readonly [Name in keyof Named]?: ValueOf<Named[Name]> | undefined };

/** The old and the new value of a field that an activity changed. */
export interface Change {
  readonly from: unknown;
  readonly to: unknown;
}

/** Describes a detail that is a text. */
export const text = (description: string, example: string): Detail<string> =>
  detailOf({ type: 'string' }, description, example);

/** Returns the example of an id, which consists of Crockford's letters and digits. */
const exampleId = (suffix: string): string => `01J${suffix.padStart(23, '0')}`;

/** Describes a detail that is an id of this service. */
export const id = (description: string, suffix: string): Detail<string> => text(description, exampleId(suffix));

/** Describes a detail that is a list of texts. */
export const texts = (description: string, example: string): Detail<readonly string[]> =>
  list(description, text('', example));

/** Describes a detail that is a list of ids of this service. */
export const ids = (description: string, suffix: string): Detail<readonly string[]> =>
  texts(description, exampleId(suffix));

export const integer = (description: string, example: number): Detail<number> =>
  detailOf({ type: 'integer' }, description, example);

export const flag = (description: string, example = true): Detail<boolean> =>
  detailOf({ type: 'boolean' }, description, example);

/** Describes a detail that is an RFC 3339 date-time. */
export const dateTime = (description: string, example: string): Detail<string> =>
  detailOf({ type: 'string', format: 'date-time' }, `${description}: an RFC 3339 date-time.`, example);

/** Describes a detail that is an amount. The details have its currency too. */
export const amount = (description: string, example: string): Detail<string> =>
  text(`${description}: a decimal string.`, example);

/** The currency of the amounts in the details. */
export const currency = text('The ISO 4217 code of the currency of the amounts in the details.', 'USD');

/** Describes a detail that is one of several texts. */
export const choice = <Value extends string>(description: string, values: readonly Value[]): Detail<Value> => {
  const [example] = values;
  if (example === undefined) throw new Error(`There are no values to choose from: ${description}`);
  return detailOf({ type: 'string', enum: [...values] }, description, example);
};

/** Makes a detail accept null too. The example of its value stays the same. */
export const orNull = <Value>({ schema, ...detail }: Detail<Value>): Detail<Value | null> => ({
  ...detail,
  schema: { ...schema, nullable: true },
});

/** Describes a detail that is a list of values. */
export const list = <Value>(description: string, item: Detail<Value>): Detail<readonly Value[]> =>
  detailOf({ type: 'array', items: item.schema }, description, [item.example]);

/** Describes a detail that consists of named values, all of which it always has. */
export const group = <Fields extends Details>(
  description: string,
  fields: Fields,
): Detail<{ readonly [Name in keyof Fields]: ValueOf<Fields[Name]> }> =>
  detailOf(
    { type: 'object', properties: propertiesOf(fields), required: Object.keys(fields) },
    description,
    mapFields(fields, ({ example }) => example) as { readonly [Name in keyof Fields]: ValueOf<Fields[Name]> },
  );

/** A field that an activity can change, with examples of its old and its new value. */
interface ChangedField {
  readonly schema: Schema;
  readonly example: Change;
}

/**
 * Describes a field that an activity can change, by examples of its old and its new value. One of them is null if the
 * field can be null.
 */
export const changed = (from: unknown, to: unknown, format?: 'date-time'): ChangedField => {
  const value: Schema = {
    ...schemaOfExample(from ?? to),
    ...(format && { format }),
    ...((from === null || to === null) && { nullable: true }),
  };
  return {
    schema: { type: 'object', properties: { from: value, to: value }, required: ['from', 'to'] },
    example: { from, to },
  };
};

/** Describes the detail that lists the fields which an activity changed, each with its old and its new value. */
export const changes = <Name extends string>(
  fields: Readonly<Record<Name, ChangedField>>,
): Detail<Readonly<Partial<Record<Name, Change>>>> => ({
  description:
    'The fields that were changed, by name, each with its old value in `from` and its new value in `to`. It can have ' +
    `${listNames(Object.keys(fields))}.`,
  schema: { type: 'object', properties: mapFields(fields, ({ schema }) => schema) },
  example: mapFields(fields, ({ example }) => example),
});

/** Returns the schemas of details by name, with their descriptions and examples. */
export function propertiesOf(details: Details): Record<string, Schema> {
  return mapFields(details, ({ description, example, schema }) => ({ ...schema, description, example }));
}

function detailOf<Value>(schema: Schema, description: string, example: Value): Detail<Value> {
  return { description, example, schema };
}

function schemaOfExample(example: unknown): Schema {
  if (typeof example === 'number') return { type: 'integer' };
  if (Array.isArray(example)) return { type: 'array', items: schemaOfExample(example[0]) };
  if (typeof example !== 'object' || example === null) return { type: 'string' };
  return { type: 'object', properties: mapFields({ ...example }, schemaOfExample), required: Object.keys(example) };
}

function mapFields<Name extends string, Field, Result>(
  fields: Readonly<Record<Name, Field>>,
  convert: (field: Field) => Result,
): Record<Name, Result> {
  const entries = Object.entries<Field>(fields).map(([name, field]) => [name, convert(field)]);
  return Object.fromEntries(entries) as Record<Name, Result>;
}

function listNames(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop() ?? '';
  return quoted.length > 0 ? `${quoted.join(', ')} and ${last}` : last;
}
