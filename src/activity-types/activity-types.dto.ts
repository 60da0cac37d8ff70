import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches } from 'class-validator';
import {
  CUSTOM_ACTIVITY_CODE,
  MAX_ACTIVITY_CODE_LENGTH,
  type CustomActivityCode,
} from '../audit/catalogue/activity-code';
import { Characters, Omittable, SingleLine, Trimmed } from '../http/validation/dto-fields';

/** Path of a kind of activity. */
export class ActivityTypeParams {
  /**
   * Its code.
   * @example "custom.crm.note_added"
   */
  @IsString()
  @Characters(1, MAX_ACTIVITY_CODE_LENGTH)
  code: string;
}

/** A kind of activity to be registered. */
export class CreateActivityType {
  /**
   * Its code, for good: `custom.`, then parts of small letters, digits and `_` with dots between them; at most 64 characters.
   * @example "custom.crm.call_logged"
   */
  @IsString()
  @Matches(CUSTOM_ACTIVITY_CODE, {
    message: 'code must be custom., then parts of a-z, 0-9 and _ with dots between them',
  })
  @Characters(1, MAX_ACTIVITY_CODE_LENGTH)
  @ApiProperty({ type: String, pattern: CUSTOM_ACTIVITY_CODE.source })
  code: CustomActivityCode;

  /**
   * What the report calls it, 1 to 100 characters.
   * @example "CRM: log call"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  label: string;

  /**
   * The group that it is shown in, 1 to 100 characters.
   * @example "CRM"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  group: string;
}

/** A change of a kind of activity; what is left out stays as it is. */
export class UpdateActivityType {
  /**
   * What the report calls it, in old rows too; 1 to 100 characters.
   * @example "CRM: add note"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  label?: string;

  /**
   * The group that it is shown in, 1 to 100 characters.
   * @example "CRM"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  group?: string;
}
