import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import '../../src/app.module';
import { Config } from '../../src/config/config';
import { PageView } from '../../src/control-panel/page-views/page-views.dto';
import { BODY } from '../../src/http/problems/request-field';
import { FieldErrors } from '../../src/http/validation/field-errors';
import { readQuickly } from '../../src/http/validation/quick-reader';
import { isObject, readThoroughly } from '../../src/http/validation/read-dto';
import { IncomingActivity } from '../../src/ingestion/activities.dto';
import { EXAMPLE_BATCH } from '../../src/ingestion/example-batch';
import { text, value as oddValue } from '../support/odd-values';
import { ORDINARY_TEXTS } from '../support/ordinary-texts';
import { scaled } from '../support/scale';

/** The DTOs of all requests, with the names of their fields. */
const DTOS = [
  ...(getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, unknown> }).validationMetadatas.keys(),
]
  .filter((type): type is Type<object> => typeof type === 'function' && type !== Config)
  .map((type) => {
    const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
    return [type.name, type, [...new Set(rules.map(({ propertyName }) => propertyName))]] as const;
  });

/** Values that are valid in one field or another, so that many generated objects are valid. */
const validValue: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...EXAMPLE_BATCH.records.flatMap((record) => Object.values(record) as unknown[]),
  ...['success', 'denied', ' Padded ', 'Nadia@Night.example', '2026-01-15T09:30:00.123456Z', 'custom.a', '::1', '-5'],
  ...['Zoë', '日本', '👨‍👩‍👧‍👦', 'é'.repeat(200), 'x'.repeat(201), '1234567890123', 'en-us', 'Europe/Bucharest', 'ONCE'],
  ...[0, 1, 1200, 1201, 1.5, 1e21, true, false],
);
const anyValue = fc.oneof(
  { weight: 12, arbitrary: validValue },
  { weight: 1, arbitrary: fc.oneof(oddValue, text, fc.constantFrom(...ORDINARY_TEXTS), fc.constant(undefined)) },
);

/** Reads a value quickly, and by the two libraries alone. */
function readBoth(value: object, type: Type<object>) {
  const errors = new FieldErrors();
  const thorough = readThoroughly(value, type, errors, BODY);
  return { quick: isObject(value) ? readQuickly(value, type) : undefined, thorough, isValid: !errors.touches(BODY) };
}

function expectEqual({ quick, thorough, isValid }: ReturnType<typeof readBoth>): void {
  if (!quick) return;
  expect(isValid).toBe(true);
  expect(quick).toStrictEqual(thorough);
  expect(Object.keys(quick)).toEqual(Object.keys(thorough));
}

describe('the quick reader', () => {
  it.each(DTOS)('accepts only what the libraries accept, and reads the same: %s', (_, type, names) => {
    const object = fc.record(Object.fromEntries(names.map((name) => [name, anyValue])), { requiredKeys: [] });
    const odd = fc
      .tuple(object, fc.dictionary(text, oddValue, { maxKeys: 1 }))
      .map((parts) => Object.assign({}, ...parts));
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: object }, { weight: 1, arbitrary: odd }), (value: object) => {
        expectEqual(readBoth(value, type));
      }),
      { numRuns: scaled(300, 100) },
    );
  });

  it.each([
    ...EXAMPLE_BATCH.records.map((record) => ['a record of a batch', IncomingActivity, record] as const),
    ['a page view', PageView, { page: '/orders', title: ' Orders ', viewedAt: '2026-01-15T09:30:00Z' }] as const,
  ])('reads %s, with any valid value in a field', (_, type, valid) => {
    expect(readQuickly({ ...valid }, type as Type<object>)).toBeDefined();
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(valid)), anyValue, (name, value) => {
        const both = readBoth({ ...valid, [name]: value }, type);
        expectEqual(both);
        if (both.quick) accepted++;
        else if (both.isValid) expect(value).toBeUndefined();
      }),
      { numRuns: scaled(2000, 500) },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
