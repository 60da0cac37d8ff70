import type { Type } from '@nestjs/common';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage, ValidationTypes, type ValidatorConstraintInterface } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata';
import { isPlainText } from './check-texts';
import { secretFieldsOf } from './takes-secret.decorator';

/** The direction of a conversion, as class-transformer numbers them. */
const PLAIN_TO_CLASS = 0;

type PlainObject = Readonly<Record<string, unknown>>;
type Condition = (dto: object, value: unknown) => unknown;
type TransformMetadata = ReturnType<typeof defaultMetadataStorage.findTransformMetadatas>[number];

/** A rule of class-validator, with the arguments that do not depend on the value. */
interface Rule {
  readonly validator: ValidatorConstraintInterface;
  readonly constraints: unknown[];
}

/** What a DTO declares about one of its fields. */
interface Field {
  readonly name: string;
  readonly conditions: readonly Condition[];
  readonly rules: readonly Rule[];
  readonly transforms: readonly TransformMetadata[];
  /** Whether the field holds another DTO. */
  readonly isNested: boolean;
}

/**
 * Reads most valid values of a DTO, in a small part of the time that class-transformer and class-validator take. It
 * calls the conversions and rules that the decorators of the DTO have registered with these two libraries. It returns
 * undefined for anything else: an invalid value, a list, a field without a rule. Then the libraries decide.
 */
class QuickReader {
  constructor(
    private readonly type: Type<object>,
    private readonly fields: ReadonlyMap<string, Field>,
  ) {}

  read(value: PlainObject): object | undefined {
    const dto = new this.type();
    for (const name of Object.keys(value)) {
      const field = this.fields.get(name);
      if (!field || !this.assign(field, value, dto as Record<string, unknown>)) return undefined;
    }
    for (const field of this.fields.values()) if (!isValid(field, dto)) return undefined;
    return dto;
  }

  /** Converts a field, and returns whether that was possible. */
  private assign({ name, isNested, transforms }: Field, source: PlainObject, dto: Record<string, unknown>): boolean {
    let value = source[name];
    if (isNested) value = this.readNested(name, source, dto);
    else if (typeof value === 'string' || typeof value === 'number') {
      if (!isPlainText(String(value))) return false;
    } else if (typeof value !== 'boolean') return false;
    for (const { transformFn } of transforms) {
      value = transformFn({ value, key: name, obj: source, type: PLAIN_TO_CLASS, options: {} });
    }
    dto[name] = value;
    return value !== undefined;
  }

  private readNested(property: string, object: PlainObject, newObject: object): object | undefined {
    const value = object[property];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const type = defaultMetadataStorage.findTypeMetadata(this.type, property)?.typeFunction({
      object,
      property,
      newObject,
    });
    return type === undefined ? undefined : quickReaderOf(type as Type<object>)?.read(value as PlainObject);
  }
}

function isValid({ name, conditions, rules }: Field, dto: object): boolean {
  const value = (dto as PlainObject)[name];
  for (const condition of conditions) if (!condition(dto, value)) return true;
  for (const { validator, constraints } of rules) {
    const { name: targetName } = dto.constructor;
    if (validator.validate(value, { value, constraints, targetName, object: dto, property: name }) !== true)
      return false;
  }
  return true;
}

/** The reader of each DTO; undefined for a DTO that the libraries must always read. */
const readers = new WeakMap<Type, QuickReader | undefined>();

/**
 * Returns a valid value as its DTO, or undefined if it may be invalid.
 * @param value an object of a parsed JSON text
 */
export function readQuickly<Dto extends object>(value: PlainObject, type: Type<Dto>): Dto | undefined {
  return quickReaderOf(type)?.read(value) as Dto | undefined;
}

function quickReaderOf(type: Type<object>): QuickReader | undefined {
  if (!readers.has(type)) readers.set(type, createReader(type));
  return readers.get(type);
}

function createReader(type: Type<object>): QuickReader | undefined {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const isRenamed = defaultMetadataStorage.getExposedProperties(type, PLAIN_TO_CLASS).length > 0;
  const isReduced = defaultMetadataStorage.getExcludedProperties(type, PLAIN_TO_CLASS).length > 0;
  if (rules.length === 0 || isRenamed || isReduced || secretFieldsOf(type).size > 0) return undefined;
  const byField = Object.entries(getMetadataStorage().groupByPropertyName(rules));
  const fields = byField.map(([name, ofField]) => createField(type, name, ofField));
  return fields.every((field) => field !== undefined)
    ? new QuickReader(type, new Map(fields.map((field) => [field.name, field])))
    : undefined;
}

/** Returns a field, or undefined if it has a rule or a conversion of a kind that this file does not know. */
function createField(type: Type<object>, name: string, metadata: readonly ValidationMetadata[]): Field | undefined {
  const ofKind = (...kinds: string[]) => metadata.filter((one) => kinds.includes(one.type));
  const conditions = ofKind(ValidationTypes.CONDITIONAL_VALIDATION);
  const custom = ofKind(ValidationTypes.CUSTOM_VALIDATION, ValidationTypes.IS_DEFINED);
  const nested = ofKind(ValidationTypes.NESTED_VALIDATION);
  const transforms = defaultMetadataStorage.findTransformMetadatas(type, name, PLAIN_TO_CLASS);
  const isNested = nested.length > 0;
  const isConverted = defaultMetadataStorage.findTypeMetadata(type, name) !== undefined;
  const isKnown =
    conditions.length + custom.length + nested.length === metadata.length &&
    custom.every(({ validateIf }) => validateIf === undefined) &&
    transforms.every(({ options }) => Object.keys(options).length === 0) &&
    isNested === isConverted &&
    !(name in type.prototype);
  if (!isKnown) return undefined;
  return {
    name,
    isNested,
    transforms,
    conditions: conditions.map(({ constraints }) => constraints[0] as Condition),
    rules: custom.flatMap(({ constraints, constraintCls }) =>
      getMetadataStorage()
        .getTargetValidatorConstraints(constraintCls)
        .map(({ instance }) => ({ validator: instance, constraints })),
    ),
  };
}
