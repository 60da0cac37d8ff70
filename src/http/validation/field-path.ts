/** How the errors of an answer name a field within what it is a part of. */
export type FieldPath = (parent: string, name: string) => string;

/** A longer name is no field's here, and is not told as a whole. */
const LONGEST_NAME = 100;

/** As people write it: `roleIds[0]`, `shopper.email`. */
export const dottedPath: FieldPath = (parent, name) => {
  const told = name.slice(0, LONGEST_NAME);
  return /^\d+$/.test(told) ? `${parent}[${told}]` : parent ? `${parent}.${told}` : told;
};

/** As a JSON pointer (RFC 6901): `/records/17/amount`. */
export const jsonPointer: FieldPath = (parent, name) =>
  `${parent}/${name.slice(0, LONGEST_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`;
