declare const requestField: unique symbol;

/**
 * A field of a request, as errors in a response name it: a JSON pointer (RFC 6901) such as `/roleIds/0` for the body,
 * and the name of the parameter or header otherwise. Only the functions of this file create one; a plain string does
 * not compile.
 */
export type RequestField = string & { readonly [requestField]: true };

/** The body as a whole. */
export const BODY = '' as RequestField;

/** Characters of a field's name that a response repeats. No valid field has a longer name. */
const MAX_NAME_LENGTH = 100;

/** Returns a field of the body: `inBody('products', 3, 'productCode')` is `/products/3/productCode`. */
export function inBody(...path: readonly [string, ...(string | number)[]]): RequestField {
  return path.reduce<RequestField>(within, BODY);
}

/** Returns a query parameter. */
export function inQuery(name: string): RequestField {
  return name as RequestField;
}

/** Returns a path parameter. */
export function inPath(name: string): RequestField {
  return name as RequestField;
}

/** Returns a header. */
export function inHeader(name: string): RequestField {
  return name as RequestField;
}

/** Returns a field of an object in the body, or an item of a list. */
export function within(parent: RequestField, name: string | number): RequestField {
  return `${parent}/${typeof name === 'number' ? name : encodeName(name)}` as RequestField;
}

/** Returns the field of the body that contains a field. */
export function parentOf(field: RequestField): RequestField {
  return field.slice(0, field.lastIndexOf('/')) as RequestField;
}

/** Returns the names and indexes that lead to a field of the body. */
export function pathOf(field: RequestField): string[] {
  return field.split('/').slice(1).map(decodeName);
}

/** Returns a field as messages write it: `/records/3/user/id` is `records[3].user.id`. */
export function readableName(field: RequestField): string {
  if (!field.startsWith('/')) return field;
  return pathOf(field).reduce((parent, name) => {
    if (parent === '') return name;
    return /^\d+$/.test(name) ? `${parent}[${name}]` : `${parent}.${name}`;
  }, '');
}

function encodeName(name: string): string {
  const short = name.slice(0, MAX_NAME_LENGTH);
  return /[~/]/.test(short) ? short.replaceAll('~', '~0').replaceAll('/', '~1') : short;
}

function decodeName(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
