import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Matches, Max, Min } from 'class-validator';
import {
  CUSTOM_ACTIVITY_CODE,
  MAX_ACTIVITY_CODE_LENGTH,
  type CustomActivityCode,
} from '../audit/catalogue/activity-code';
import { Characters, Omittable, SingleLine, Trimmed } from '../http/validation/dto-fields';

/** The path parameters of an activity type. */
export class ActivityTypeParams {
  /**
   * The activity type's code: 1 to 64 characters.
   * @example "custom.crm.note_added"
   */
  @IsString()
  @Characters(1, MAX_ACTIVITY_CODE_LENGTH)
  code: string;
}

/** A new custom activity type. */
export class CreateActivityType {
  /**
   * The activity type's code: `custom.`, then one or more parts of lowercase letters, digits and `_`, separated by
   * dots, at most 64 characters in all. It cannot be changed later.
   * @example "custom.crm.call_logged"
   */
  @IsString()
  @Matches(CUSTOM_ACTIVITY_CODE, {
    message: '$property must begin with custom. and continue with parts of a-z, 0-9 and _, separated by dots',
  })
  @Characters(1, MAX_ACTIVITY_CODE_LENGTH)
  @ApiProperty({ type: String, pattern: CUSTOM_ACTIVITY_CODE.source })
  code: CustomActivityCode;

  /**
   * The activity type's label, as reports show it: 1 to 100 characters on a single line.
   * @example "CRM: log call"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  label: string;

  /**
   * The heading under which the activity type is listed: 1 to 100 characters on a single line.
   * @example "CRM"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  group: string;
}

/** The changes to a custom activity type. A field that you leave out keeps its value. */
export class UpdateActivityType {
  /**
   * The activity type's label: 1 to 100 characters on a single line. Reports show the new label for existing records
   * too.
   * @example "CRM: add note"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  label?: string;

  /**
   * The heading under which the activity type is listed: 1 to 100 characters on a single line.
   * @example "CRM"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  group?: string;

  /**
   * The version of the activity type that your change is based on. If the activity type has changed since, the response
   * is 409 `version_outdated`.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version: number;
}
