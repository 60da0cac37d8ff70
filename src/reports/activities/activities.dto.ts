import { IsId, IsTimeZone, Omittable } from '../../http/validation/dto-fields';

/** The path parameters of a recorded activity. */
export class ActivityParams {
  /**
   * The record's id, as the report shows it: 26 characters.
   * @example "018T2F969836S5GNQ1R58CN0TC"
   */
  @IsId()
  id: string;
}

/** How to show a recorded activity. */
export class ActivityQuery {
  /**
   * The IANA name of the time zone of the record's time. If you leave it out, it is the account's time zone.
   * @example "Europe/Bucharest"
   */
  @Omittable()
  @IsTimeZone()
  timeZone?: string;
}
