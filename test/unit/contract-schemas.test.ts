import contract from '../../openapi/openapi.json';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
  readonly schema: Schema;
}
interface Operation {
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
}

/** The parameters that choose a page, or a place in the feed. */
const PAGING = ['limit', 'cursor', 'after', 'start', 'recordedSince', 'wait', 'timeoutSeconds'];
const SCHEMAS = contract.components.schemas as Readonly<Record<string, Schema>>;
const OPERATIONS = Object.entries(contract.paths as unknown as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
);
const PARAMETERS = OPERATIONS.flatMap(([operation, { parameters = [] }]) =>
  parameters.map((parameter) => [`${operation} ${parameter.name}`, parameter] as const),
);
const FIELDS = [
  ...Object.entries(SCHEMAS).flatMap(([schema, { properties = {} }]) =>
    Object.entries(properties).map(([name, field]) => [`${schema}.${name}`, field] as const),
  ),
  ...PARAMETERS.map(([name, { schema }]) => [name, schema] as const),
];

/** Returns whether a schema has an example, is a list of values, or is made of schemas that are checked themselves. */
function hasExample(schema: Schema): boolean {
  const { example, items, allOf, oneOf, enum: values, $ref } = schema;
  return [example, allOf, oneOf, values, $ref].some((part) => part !== undefined) || (!!items && hasExample(items));
}

describe('the schemas of the contract', () => {
  it('have an example of each field', () => {
    expect(FIELDS.filter(([, schema]) => !hasExample(schema)).map(([name]) => name)).toEqual([]);
  });

  it('declare every time as a date-time', () => {
    const times = FIELDS.filter(
      ([name, { description = '' }]) => /\.\w+At$/.test(name) || description.includes('an RFC 3339 date-time in'),
    );
    expect(times.length).toBeGreaterThan(30);
    expect(times.filter(([, { format }]) => format !== 'date-time').map(([name]) => name)).toEqual([]);
  });

  it('declare an activity type as a built-in code or one with the pattern of custom codes', () => {
    const report = new Map(OPERATIONS).get('get /v1/reports/users-activity')!;
    expect(report.parameters!.find(({ name }) => name === 'activity')!.schema.items).toMatchObject({
      type: 'string',
      anyOf: [{ $ref: '#/components/schemas/ActivityType' }, { type: 'string', pattern: '^custom(\\.[a-z0-9_]+)+$' }],
    });
    expect(SCHEMAS.ActivityType!.enum).toContain('refund.requested');
  });
});

describe('the parameters of the contract', () => {
  it('each have an example of their own, also if their schema lists the values', () => {
    const examples = PARAMETERS.map(([name, { example, schema }]) => [name, example ?? schema.example] as const);
    expect(examples.length).toBeGreaterThan(100);
    expect(examples.filter(([, example]) => example === undefined).map(([name]) => name)).toEqual([]);
  });

  it('of the report start with user, activity and interval', () => {
    const report = new Map(OPERATIONS).get('get /v1/reports/users-activity')!;
    const names = report.parameters!.map(({ name }) => name);
    expect(names.slice(0, 5)).toEqual(['userId', 'activity', 'interval', 'from', 'to']);
  });

  it.each(OPERATIONS.filter(([, { parameters }]) => parameters))('of %s end with paging', (_, { parameters = [] }) => {
    const names = parameters.filter((parameter) => parameter.in !== 'header').map(({ name }) => name);
    const paging = names.filter((name) => PAGING.includes(name));
    expect(paging.length === 0 ? [] : names.slice(-paging.length)).toEqual(paging);
    const places = parameters.map(({ in: place }) => ['path', 'query', 'header'].indexOf(place));
    expect(places).toEqual([...places].sort());
  });
});

describe('the tags of the contract', () => {
  it('are all declared and described, those of the reports first', () => {
    expect(contract.tags.map(({ name }) => name).slice(0, 2)).toEqual(['Reports', 'Activity feed']);
    expect(contract.tags.filter(({ description }) => description.length < 20)).toEqual([]);
    const used = new Set(OPERATIONS.flatMap(([, { tags }]) => tags));
    expect([...used].sort()).toEqual(contract.tags.map(({ name }) => name).sort());
  });

  it('do not say that a token is a JSON Web Token', () => {
    expect(contract.components.securitySchemes.bearer.bearerFormat).toBe('opaque');
  });
});
