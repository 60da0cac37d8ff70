import type { Type } from '@nestjs/common';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';
import type { FieldProblem } from '../problems/problem';
import { dottedPath } from '../validation/field-path';
import { codeOf } from '../validation/field-problems';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** What the rules of a class can find wrong with its fields, and with the fields of what is nested in it. */
export function* fieldRules(form: Type, parent = ''): Generator<FieldProblem> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(form, form.name, true, false);
  for (const property of new Set(rules.map(({ propertyName }) => propertyName))) {
    const field = dottedPath(parent, property);
    const own = rules.filter(({ propertyName }) => propertyName === property);
    if (!own.some(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION)) {
      yield { field, code: 'required', message: `${field} is required.` };
    }
    for (const rule of own) yield* brokenRule(rule, field);
    if (own.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION)) {
      const isList = Reflect.getMetadata('design:type', form.prototype as object, property) === Array;
      const nested = nestedForm(form, property);
      if (isList && !own.some(({ name }) => name === 'notAnObject')) yield notNested(dottedPath(field, '0'));
      if (nested) yield* fieldRules(nested, isList ? dottedPath(field, '0') : field);
    }
  }
}

function* brokenRule({ name, message, context, ...rule }: Rule, field: string): Generator<FieldProblem> {
  const constraints = getMetadataStorage().getTargetValidatorConstraints(rule.constraintCls);
  if (rule.type !== ValidationTypes.CUSTOM_VALIDATION || name === undefined) return;
  const property = rule.propertyName;
  const given: ValidationArguments = {
    value: undefined,
    constraints: rule.constraints,
    targetName: '',
    object: {},
    property,
  };
  const own = message || constraints[0]?.instance.defaultMessage?.(given);
  const text = typeof own === 'function' ? own(given) : (own ?? '$property is not valid');
  const filled = (rule.constraints as unknown[] | undefined)?.reduce(
    (filling: string, constraint, index) => filling.replaceAll(`$constraint${index + 1}`, String(constraint)),
    text,
  );
  const told = `${(filled ?? text).replace('$property', field)}.`;
  yield { field, code: (context as { code?: string } | undefined)?.code ?? codeOf(name), message: told };
}

/** What a list is refused for that holds something else than objects, and has no rule of its own against it. */
function notNested(field: string): FieldProblem {
  return { field, code: codeOf(ValidationTypes.NESTED_VALIDATION), message: `${field} must be an object.` };
}

function nestedForm(form: Type, property: string): Type | undefined {
  const options = { object: {}, newObject: {}, property };
  return defaultMetadataStorage.findTypeMetadata(form, property)?.typeFunction(options) as Type | undefined;
}
