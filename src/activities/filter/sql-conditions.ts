import { includedActivities, includedUsers, type ActivityConditions } from './activity-filter';

/** A condition on one column, as SQL with placeholders and their values. */
export interface SqlCondition {
  /** The column, or the expression of it that is compared. */
  readonly column: string;
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * Returns the conditions of a filter as SQL, without its account and its interval. An activity matches the filter if
 * the database finds all of them true, and `createTextTest` its texts.
 */
export function sqlConditions(conditions: ActivityConditions): SqlCondition[] {
  const { excludedUserIds, excludedActivities, amounts } = conditions;
  const userIds = includedUsers(conditions);
  const activities = includedActivities(conditions);
  return [
    ...oneOfTexts('order_reference', conditions.orderReferences),
    ...oneOfTexts('subscription_reference', conditions.subscriptionReferences),
    ...(userIds ? [oneOf('user_id', userIds)] : noneOf('user_id', excludedUserIds)),
    ...(activities ? [oneOf('activity', activities)] : noneOf('activity', excludedActivities)),
    ...ifAny('outcome', conditions.outcomes),
    ...ifAny('user_email', conditions.userEmails),
    ...ifAny('ip_address', conditions.ipAddresses),
    ...oneOfTexts('request_id', conditions.requestIds),
    ...oneOfTexts('sent_by', conditions.senders),
    ...(amounts
      ? [
          oneOf('currency', [amounts.currency]),
          ...bound('amount', '>=', amounts.from),
          ...bound('amount', '<=', amounts.to),
        ]
      : []),
  ];
}

/** Returns the condition that a column has one of these values; it is never true if there are none. */
export function oneOf(column: string, values: readonly string[]): SqlCondition {
  if (values.length === 0) return { column, sql: '1 = 0', values };
  const sql = values.length === 1 ? `${column} = ?` : `${column} IN (${places(values)})`;
  return { column, sql, values };
}

function ifAny(column: string, values: readonly string[]): SqlCondition[] {
  return values.length === 0 ? [] : [oneOf(column, values)];
}

/**
 * Returns the conditions that a column is exactly one of these texts. MySQL and MariaDB ignore spaces at the end of a
 * text when they compare it, so a second condition compares the texts with a character after them.
 */
export function oneOfTexts(column: string, texts: readonly string[]): SqlCondition[] {
  if (texts.length === 0) return [];
  const withDots = texts.map((text) => `${text}.`);
  return [oneOf(column, texts), oneOf(followedByDot(column), withDots)];
}

/** Returns the expression of a column's text with a dot after it, which no database compares without the spaces. */
export function followedByDot(column: string): string {
  return `CONCAT(${column}, '.')`;
}

/** Returns the condition that a column, which can be null, has none of these values. */
function noneOf(column: string, values: readonly string[]): SqlCondition[] {
  if (values.length === 0) return [];
  return [{ column, sql: `(${column} IS NULL OR ${column} NOT IN (${places(values)}))`, values }];
}

function bound(column: string, operator: '>=' | '<=', value: number | undefined): SqlCondition[] {
  return value === undefined ? [] : [{ column, sql: `${column} ${operator} ?`, values: [value] }];
}

function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
