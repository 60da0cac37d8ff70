import { ApiProperty } from '@nestjs/swagger';
import { ZonedClock } from '../../lib/time/zoned-time';
import type { Account } from '../accounts/account.entity';

/** The account of the signed-in user. */
export class AccountView {
  /**
   * The account's id.
   * @example "01J000000000000000000DEM01"
   */
  id: string;

  /**
   * The merchant's name.
   * @example "Demo Merchant"
   */
  name: string;

  /**
   * The IANA name of the account's time zone. Reports use it unless a request names another one.
   * @example "Europe/Bucharest"
   */
  timeZone: string;

  /**
   * The retention period in days: 30 to 36500. `POST /v1/activities` refuses records that are older. The service does
   * not delete any records yet.
   * @example 3650
   */
  retentionDays: number;

  /**
   * The version of the account: 1 at first, and one more after each change. Send it with your next change.
   * @example 1
   */
  version: number;

  /**
   * When the account was created: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** Shows an account, with its times in its own time zone. */
export function accountView({ id, name, timeZone, retentionDays, version, createdAt }: Account): AccountView {
  const clock = ZonedClock.of(timeZone);
  return { id, name, timeZone, retentionDays, version, createdAt: clock.rfc3339(createdAt.getTime()) };
}
