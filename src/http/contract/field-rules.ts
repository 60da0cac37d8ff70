import type { Type } from '@nestjs/common';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';
import type { FieldProblem } from '../problems/problem';
import { BODY, readableName, within, type RequestField } from '../problems/request-field';
import { textOfRule } from '../validation/rule-texts';
import { codeOf } from '../validation/validation-errors';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/**
 * Yields the errors that the validation rules of a DTO can find in its fields and in nested DTOs, as errors in a body.
 */
export function* fieldRules(dto: Type, parent = BODY): Generator<FieldProblem> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, dto.name, true, false);
  for (const property of new Set(rules.map(({ propertyName }) => propertyName))) {
    const field = within(parent, property);
    const own = rules.filter(({ propertyName }) => propertyName === property);
    if (!own.some(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION)) {
      yield { field, code: 'required', message: `${readableName(field)} is required.` };
    }
    for (const rule of own) yield* errorOfRule(rule, field);
    if (own.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION)) {
      const isList = Reflect.getMetadata('design:type', dto.prototype as object, property) === Array;
      const nested = nestedDtoOf(dto, property);
      if (isList) yield notAnObject(within(field, 0));
      if (nested) yield* fieldRules(nested, isList ? within(field, 0) : field);
    }
  }
}

/** Yields the error of one rule, with its message. Rules that are not validators have none. */
function* errorOfRule(rule: Rule, field: RequestField): Generator<FieldProblem> {
  const { name } = rule;
  if (rule.type !== ValidationTypes.CUSTOM_VALIDATION || name === undefined) return;
  const message = (textOfRule(rule) ?? ownTextOf(rule)).replace('$property', readableName(field));
  const { code = codeOf(name) } = (rule.context ?? {}) as { readonly code?: string };
  yield { field, code, message: `${message}.` };
}

/** Returns the text that the decorator of a rule declares. */
function ownTextOf(rule: Rule): string {
  const [constraint] = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls);
  const validation: ValidationArguments = {
    value: undefined,
    constraints: rule.constraints,
    targetName: '',
    object: {},
    property: rule.propertyName,
  };
  const template = rule.message || constraint?.instance.defaultMessage?.(validation);
  return typeof template === 'function' ? template(validation) : (template ?? '$property is not valid');
}

/** Returns the error of an item of a list that must be an object. */
function notAnObject(field: RequestField): FieldProblem {
  return {
    field,
    code: 'not_an_object',
    message: `${readableName(field)} must be an object.`,
  };
}

/** Returns the DTO that class-transformer creates for a field. */
function nestedDtoOf(dto: Type, property: string): Type | undefined {
  const options = { object: {}, newObject: {}, property };
  return defaultMetadataStorage.findTypeMetadata(dto, property)?.typeFunction(options) as Type | undefined;
}
