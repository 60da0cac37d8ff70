declare const requestField: unique symbol;

/**
 * A place in a request, as the errors of a response name it: in the body a JSON pointer (RFC 6901) such as `/roleIds/0`, anywhere else
 * the plain name of the parameter or header. Only the functions of this file make one, so a plain string does not compile.
 */
export type RequestField = string & { readonly [requestField]: true };

/** The body as a whole. */
export const BODY = '' as RequestField;

/** No field here has a longer name, so only the beginning of one is repeated. */
const MAX_NAME_LENGTH = 100;

/** A field of the body: `inBody('products', 3, 'productCode')` is `/products/3/productCode`. */
export function inBody(...path: readonly [string, ...(string | number)[]]): RequestField {
  return path.reduce<RequestField>(within, BODY);
}

/** A query parameter. */
export function inQuery(name: string): RequestField {
  return name as RequestField;
}

/** A path parameter. */
export function inPath(name: string): RequestField {
  return name as RequestField;
}

/** A header. */
export function inHeader(name: string): RequestField {
  return name as RequestField;
}

/** A field or an item of what is at another place in the body. */
export function within(parent: RequestField, name: string | number): RequestField {
  return `${parent}/${typeof name === 'number' ? name : encodeName(name)}` as RequestField;
}

/** What a field of the body is in. */
export function parentOf(field: RequestField): RequestField {
  return field.slice(0, field.lastIndexOf('/')) as RequestField;
}

/** The names on the way to a field of the body; indexes too. */
export function pathOf(field: RequestField): string[] {
  return field.split('/').slice(1).map(decodeName);
}

/** A field as people write it in a message: `/records/3/user/id` is `records[3].user.id`. */
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
