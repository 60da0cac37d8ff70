import { ApiProperty } from '@nestjs/swagger';
import { USER_STATUSES, type UserStatus } from '../../../access/members/user.entity';
import type { UserWithRoles } from '../../../access/members/users.repository';
import type { AccountCatalogue } from '../../../audit/catalogue/activity-catalogue';
import { ACTIVITY_CODE_SCHEMA, type ActivityCode } from '../../../audit/catalogue/activity-code';
import { OUTCOMES, type Outcome } from '../../../audit/catalogue/activity-type';
import { API_KEY_STATUSES, apiKeyStatus, type ApiKeyStatus } from '../../../auth/api-keys/api-key.rules';
import type { ApiKeyWithMaker } from '../../../auth/api-keys/api-keys.repository';
import { INTERVAL_PRESETS, type IntervalPreset } from '../../../lib/time/interval';
import { TIME_ZONE_NAME, type TimeZone } from '../../../lib/time/zoned-time';
import { GROUPINGS, type Grouping } from '../counting/grouping';

/** A user to filter the report by. */
export class UserChoice {
  /**
   * The user's id, to send as `userId`: 26 characters.
   * @example "01J000000000000000000VSER3"
   */
  id: string;

  /**
   * The user's present name.
   * @example "John Doe"
   */
  name: string;

  /**
   * The email address that the user logs in with.
   * @example "john.doe@demo.example"
   */
  email: string;

  /**
   * Whether the user can log in. A `disabled` user cannot.
   * @example "active"
   */
  @ApiProperty({ enum: USER_STATUSES, enumName: 'UserStatus' })
  status: UserStatus;
}

/** An API key to filter the report by. */
export class ApiKeyChoice {
  /**
   * The API key's id, to send as `userId`: 26 characters.
   * @example "01J000000000000000000KEY01"
   */
  id: string;

  /**
   * The API key's name.
   * @example "nightly-export"
   */
  name: string;

  /**
   * Whether the API key works: `active`, `expired`, `revoked` or `user_disabled`.
   * @example "active"
   */
  @ApiProperty({ enum: API_KEY_STATUSES, enumName: 'ApiKeyStatus' })
  status: ApiKeyStatus;
}

/** An activity type to filter the report by. */
export class ActivityTypeChoice {
  /**
   * The activity type's code, to send as `activity`.
   * @example "refund.canceled"
   */
  @ApiProperty(ACTIVITY_CODE_SCHEMA)
  code: ActivityCode;

  /**
   * The activity type's label.
   * @example "Cancel order refund"
   */
  label: string;
}

/** A group of activity types. */
export class ActivityGroupChoice {
  /**
   * The name of the group.
   * @example "Orders"
   */
  group: string;

  /** The activity types of the group, built-in and custom. */
  activityTypes: ActivityTypeChoice[];
}

/** An outcome to filter the report by. */
export class OutcomeChoice {
  /**
   * The outcome's code, to send as `outcome`.
   * @example "success"
   */
  @ApiProperty({ enum: OUTCOMES, enumName: 'Outcome' })
  code: Outcome;

  /**
   * The outcome's label.
   * @example "Succeeded"
   */
  label: string;
}

/** A named interval of the report. */
export class IntervalChoice {
  /**
   * The interval's code, to send as `interval`.
   * @example "last_30_days"
   */
  @ApiProperty({ enum: INTERVAL_PRESETS, enumName: 'IntervalPreset' })
  code: IntervalPreset;

  /**
   * The interval's label.
   * @example "Last 30 days"
   */
  label: string;
}

/** The values to choose from for the parameters of the Users activity report. */
export class FilterChoices {
  /** The users who have at least one activity, ordered by name. Disabled users are among them. */
  users: UserChoice[];

  /** The API keys that have at least one activity, ordered by name. Those that no longer work are among them. */
  apiKeys: ApiKeyChoice[];

  /** All activity types by group, ordered as `GET /v1/activity-types` lists them. */
  activityGroups: ActivityGroupChoice[];

  /** The outcomes. */
  outcomes: OutcomeChoice[];

  /** The named intervals, for `interval`. */
  intervals: IntervalChoice[];

  /**
   * The account's time zone, which the report uses unless the request names another one.
   * @example "Europe/Bucharest"
   */
  timeZone: string;

  /**
   * The IANA time zones, for `timeZone`, in alphabetical order. The report accepts their older names too.
   * @example ["Europe/Bucharest", "UTC"]
   */
  timeZones: string[];

  /**
   * The groupings of a summary, for `groupBy`.
   * @example ["day", "outcome"]
   */
  @ApiProperty({ enum: GROUPINGS, enumName: 'Grouping', isArray: true })
  groupings: Grouping[];
}

const OUTCOME_LABELS: Readonly<Record<Outcome, string>> = {
  success: 'Succeeded',
  failure: 'Failed',
  denied: 'Denied',
};

const INTERVAL_LABELS: Readonly<Record<IntervalPreset, string>> = {
  today: 'Today',
  yesterday: 'Yesterday',
  last_7_days: 'Last 7 days',
  last_30_days: 'Last 30 days',
  this_month: 'This month',
  last_month: 'Last month',
};

const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
  .filter((name) => TIME_ZONE_NAME.test(name))
  .sort();

/** Shows the values to choose from. */
export function filterChoices(
  users: readonly UserWithRoles[],
  apiKeys: readonly ApiKeyWithMaker[],
  catalogue: AccountCatalogue,
  timeZone: TimeZone,
  now: Date,
): FilterChoices {
  return {
    users: byName(users.map(({ id, name, email, status }) => ({ id, name, email, status }))),
    apiKeys: byName(
      apiKeys.map(({ maker, ...key }) => ({ id: key.id, name: key.name, status: apiKeyStatus(key, maker, now) })),
    ),
    activityGroups: activityGroups(catalogue),
    outcomes: OUTCOMES.map((code) => ({ code, label: OUTCOME_LABELS[code] })),
    intervals: INTERVAL_PRESETS.map((code) => ({ code, label: INTERVAL_LABELS[code] })),
    timeZone,
    timeZones: TIME_ZONES,
    groupings: [...GROUPINGS],
  };
}

function activityGroups(catalogue: AccountCatalogue): ActivityGroupChoice[] {
  const groups = new Map<string, ActivityTypeChoice[]>();
  for (const code of catalogue.codes) {
    const group = catalogue.groupOf(code);
    const types = groups.get(group) ?? [];
    types.push({ code, label: catalogue.labelOf(code) });
    groups.set(group, types);
  }
  return [...groups].map(([group, activityTypes]) => ({ group, activityTypes }));
}

function byName<Choice extends { readonly id: string; readonly name: string }>(choices: Choice[]): Choice[] {
  return choices.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}
