import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy, type ValidationArguments } from 'class-validator';
import { COLUMN_NAMES, type ColumnName } from './formats/report-columns';

/** The name that stands for all columns. */
const ALL_COLUMNS = 'all';

/** The values that the parameter can have. */
export const COLUMN_CHOICES: readonly string[] = [...COLUMN_NAMES, ALL_COLUMNS];

/** Maximum number of characters of an unknown name that a message repeats. */
const MAX_NAMED_LENGTH = 40;

/** Requires the names of columns, separated by commas and each at most once, or `all`. */
export function AreColumns(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => readColumns(value)),
    columnsRule('columnUnknown', isUnknown, (wrong = 'colour') => {
      const others = `${ALL_COLUMNS} alone, or some of ${COLUMN_NAMES.join(', ')}`;
      const name = String(wrong).slice(0, MAX_NAMED_LENGTH);
      return `$property has the unknown column ${JSON.stringify(name)}. Send ${others}`;
    }),
    columnsRule(
      'columnRepeated',
      isRepeated,
      (wrong = 'date') => `$property has the column ${String(wrong)} more than once`,
    ),
  );
}

/** Returns the list of names in a parameter. A repeated parameter is one list. */
function readColumns(value: unknown): unknown {
  if (value === undefined) return undefined;
  const names = [value].flat().flatMap((part) => (typeof part === 'string' ? part.split(',') : [part]));
  return names.length === 1 && names[0] === ALL_COLUMNS ? [...COLUMN_NAMES] : names;
}

/**
 * Refuses a list with a wrong name, which the message repeats.
 * @param messageOf returns the message about a wrong name; without one, an example of it for the contract
 */
function columnsRule(
  rule: string,
  isWrong: (name: unknown, index: number, names: readonly unknown[]) => boolean,
  messageOf: (wrong?: unknown) => string,
): PropertyDecorator {
  const findWrong = (names: unknown) => (Array.isArray(names) ? (names as unknown[]).find(isWrong) : undefined);
  return ValidateBy({
    name: rule,
    validator: {
      validate: (names) => findWrong(names) === undefined,
      defaultMessage: (context?: ValidationArguments) => messageOf(findWrong(context?.value)),
    },
  });
}

function isUnknown(name: unknown): boolean {
  return !COLUMN_NAMES.includes(name as ColumnName);
}

function isRepeated(name: unknown, index: number, names: readonly unknown[]): boolean {
  return names.indexOf(name) !== index;
}
