import { IsInt, IsString, Max, Min } from 'class-validator';
import { Characters, IsTimeZone, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

/** A change of the account; what is left out stays as it is. */
export class UpdateAccount {
  /**
   * Name of the merchant, 1 to 200 characters.
   * @example "Demo Merchant"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name?: string;

  /**
   * IANA time zone of reports.
   * @example "Europe/Bucharest"
   */
  @Omittable()
  @IsTimeZone()
  timeZone?: string;

  /**
   * How many days back a record may lie that another system sends, 30 to 36500. Nothing is deleted by it yet.
   * @example 3650
   */
  @Omittable()
  @IsInt()
  @Min(30)
  @Max(36500)
  retentionDays?: number;

  /**
   * The version of the account that you saw; if it has changed since, the answer is 409.
   * @example 1
   */
  @IsInt()
  @Min(1)
  version: number;
}
