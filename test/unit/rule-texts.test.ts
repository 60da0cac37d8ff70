import type { Type } from '@nestjs/common';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  getMetadataStorage,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import '../../src/app.module';
import { Config } from '../../src/config/config';
import { fieldRules } from '../../src/http/contract/field-rules';
import { BODY } from '../../src/http/problems/request-field';
import { Characters } from '../../src/http/validation/dto-fields';
import { FieldErrors } from '../../src/http/validation/field-errors';
import { readDto } from '../../src/http/validation/read-dto';

const type = (rule: PropertyDecorator): Type<object> => {
  class Request {
    field: unknown;
  }
  rule(Request.prototype, 'field');
  return Request;
};

/** Returns the message about a field that breaks a rule. */
function messageOf(dto: Type<object>, field: unknown): string {
  const errors = new FieldErrors();
  readDto({ field }, dto, errors, BODY);
  try {
    errors.assertNone();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The field is valid.');
}

describe('what a response says about a rule', () => {
  it.each<[string, PropertyDecorator, unknown]>([
    ['field must be a text.', IsString(), 7],
    ['each value in field must be a text.', IsString({ each: true }), ['a', 7]],
    ['field must be a whole number.', IsInt(), 1.5],
    ['field must be true or false.', IsBoolean(), 'yes'],
    ['field must be a list.', IsArray(), 'a'],
    ['field must be an object.', IsObject(), 'a'],
    ['field must be at least 1.', Min(1), 0],
    ['field must be at most 1000.', Max(1000), 1001],
    ['field must be one of: a, b.', IsIn(['a', 'b']), 'c'],
    ['field must have at least 1 item.', ArrayMinSize(1), []],
    ['field must have at least 2 items.', ArrayMinSize(2), [1]],
    ['field must have at most 1 item.', ArrayMaxSize(1), [1, 2]],
    ['field must not contain a value twice.', ArrayUnique(), [1, 1]],
    ['field must have at most 3 characters.', MaxLength(3), 'abcd'],
    ['field must have at most 3 characters.', Characters(0, 3), 'abcd'],
    ['field must have 1 to 3 characters.', Characters(1, 3), ''],
    ['field must be an ISO 3166-1 alpha-2 code, such as RO.', IsISO31661Alpha2(), 'XX'],
    ['field must not have a line twice.', ArrayUnique({ message: '$property must not have a line twice' }), [1, 1]],
  ])('is in words, and the contract has the same: %s', (expected, rule, value) => {
    const dto = type(rule);
    expect(messageOf(dto, value)).toBe(expected);
    expect([...fieldRules(dto)].map(({ message }) => message)).toContain(expected);
  });

  it('is never a text of class-validator', () => {
    const { validationMetadatas } = getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, unknown> };
    const dtos = [...validationMetadatas.keys()].filter(
      (key): key is Type => typeof key === 'function' && key !== Config,
    );
    const messages = dtos.flatMap((dto) => [...fieldRules(dto)].map(({ message }) => message));
    expect(messages.length).toBeGreaterThan(100);
    const foreign =
      /\$|\/|must be an? (?:string|array|integer|boolean|valid)\b|must match|elements|values:|or equal to/;
    const allowed = / GET \/v1\/| CIDR notation|Europe\/Bucharest/;
    expect(messages.filter((message) => foreign.test(message) && !allowed.test(message))).toEqual([]);
  });
});
