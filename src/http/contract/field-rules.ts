import type { Type } from '@nestjs/common';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';
import type { FieldProblem } from '../problems/problem';
import { BODY, readableName, within, type RequestField } from '../problems/request-field';
import { codeOf } from '../validation/field-faults';

type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** Lists the errors that the validation rules of a DTO can find in its fields and in nested DTOs, as errors in a body. */
export function* fieldRules(form: Type, parent = BODY): Generator<FieldProblem> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(form, form.name, true, false);
  for (const property of new Set(rules.map(({ propertyName }) => propertyName))) {
    const field = within(parent, property);
    const own = rules.filter(({ propertyName }) => propertyName === property);
    if (!own.some(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION)) {
      yield { field, code: 'required', message: `${readableName(field)} is required.` };
    }
    for (const rule of own) yield* brokenRule(rule, field);
    if (own.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION)) {
      const isList = Reflect.getMetadata('design:type', form.prototype as object, property) === Array;
      const nested = nestedForm(form, property);
      if (isList && !own.some(({ name }) => name === 'notAnObject')) yield notNested(within(field, 0));
      if (nested) yield* fieldRules(nested, isList ? within(field, 0) : field);
    }
  }
}

function* brokenRule({ name, message, context, ...rule }: Rule, field: RequestField): Generator<FieldProblem> {
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
  const told = `${(filled ?? text).replace('$property', readableName(field))}.`;
  yield { field, code: (context as { code?: string } | undefined)?.code ?? codeOf(name), message: told };
}

/** What a list is refused for that holds something else than objects, and has no rule of its own against it. */
function notNested(field: RequestField): FieldProblem {
  return {
    field,
    code: codeOf(ValidationTypes.NESTED_VALIDATION),
    message: `${readableName(field)} must be an object.`,
  };
}

function nestedForm(form: Type, property: string): Type | undefined {
  const options = { object: {}, newObject: {}, property };
  return defaultMetadataStorage.findTypeMetadata(form, property)?.typeFunction(options) as Type | undefined;
}
