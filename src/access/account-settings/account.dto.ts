import { IsInt, IsString, Max, Min } from 'class-validator';
import { Characters, IsTimeZone, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

/** The changes to an account. A field that you leave out keeps its value. */
export class UpdateAccount {
  /**
   * The merchant's name: 1 to 200 characters on a single line.
   * @example "Demo Merchant"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name?: string;

  /**
   * The IANA name of the account's time zone. Reports and all times in responses use it.
   * @example "Europe/Bucharest"
   */
  @Omittable()
  @IsTimeZone()
  timeZone?: string;

  /**
   * The retention period in days: 30 to 36500. `POST /v1/activities` refuses records that are older. The service does
   * not delete any records yet.
   * @example 3650
   */
  @Omittable()
  @IsInt()
  @Min(30)
  @Max(36500)
  retentionDays?: number;

  /**
   * The version of the account that your change is based on. If the account has changed since, the response is 409
   * `version_outdated`.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version: number;
}
