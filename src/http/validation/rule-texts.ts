import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';

/** What a rule says about a field, without the field's name. Its argument is the one of the decorator. */
type Requirement = (argument: unknown) => string;

/** What the rules of class-validator say, by their names. Our own rules have their texts in their decorators. */
const REQUIREMENTS = new Map<string, Requirement>(
  Object.entries({
    isString: () => 'must be a text',
    isInt: () => 'must be a whole number',
    isBoolean: () => 'must be true or false',
    isArray: () => 'must be a list',
    isObject: () => 'must be an object',
    min: (minimum) => `must be at least ${String(minimum)}`,
    max: (maximum) => `must be at most ${String(maximum)}`,
    maxLength: (maximum) => `must have at most ${String(maximum)} characters`,
    isIn: (values) => `must be one of: ${[values].flat().join(', ')}`,
    isISO31661Alpha2: () => 'must be an ISO 3166-1 alpha-2 code, such as RO',
    arrayMinSize: (minimum) => `must have at least ${itemsOf(minimum)}`,
    arrayMaxSize: (maximum) => `must have at most ${itemsOf(maximum)}`,
    arrayUnique: () => 'must not contain a value twice',
  } satisfies Record<string, Requirement>),
);

/** Returns the text of a rule, with `$property` for the field's name, or undefined if the rule has a text of its own. */
export function textOfRule({ name = '', message, each, constraints }: ValidationMetadata): string | undefined {
  const requirement = message ? undefined : REQUIREMENTS.get(name);
  if (!requirement) return undefined;
  const [argument] = (constraints as unknown[] | undefined) ?? [];
  return `${each ? 'each value in ' : ''}$property ${requirement(argument)}`;
}

/** The texts of each DTO's rules, by field and name. */
const textsOfDtos = new WeakMap<Type, ReadonlyMap<string, string>>();

/** Returns the text of a rule that a field of a DTO breaks, as `textOfRule` does. */
export function textOfBrokenRule(dto: object, field: string, rule: string): string | undefined {
  const type = dto.constructor as Type;
  let texts = textsOfDtos.get(type);
  if (!texts) {
    texts = readTexts(type);
    textsOfDtos.set(type, texts);
  }
  return texts.get(`${field} ${rule}`);
}

function readTexts(type: Type): Map<string, string> {
  const texts = new Map<string, string>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    const text = textOfRule(rule);
    if (text !== undefined) texts.set(`${rule.propertyName} ${String(rule.name)}`, text);
  }
  return texts;
}

function itemsOf(count: unknown): string {
  return count === 1 ? '1 item' : `${String(count)} items`;
}
