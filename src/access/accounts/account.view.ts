import { ZonedClock } from '../../lib/time/zoned-time';
import type { Account } from './account.entity';

/** The account of the signed-in user. */
export class AccountView {
  /**
   * The account's id.
   * @example "01J000000000000000000DEM01"
   */
  id: string;

  /**
   * Name of the merchant.
   * @example "Demo Merchant"
   */
  name: string;

  /**
   * IANA time zone in which reports show their times, unless a request names another.
   * @example "Europe/Bucharest"
   */
  timeZone: string;

  /**
   * How many days back a record may lie that another system sends; older ones are refused. Nothing is deleted by it yet.
   * @example 3650
   */
  retentionDays: number;

  /**
   * Counts the changes; a change names the version that it is made to.
   * @example 1
   */
  version: number;

  /**
   * When the account was made, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;
}

/** Shows an account, with its times in its own zone. */
export function accountView({ id, name, timeZone, retentionDays, version, createdAt }: Account): AccountView {
  const clock = new ZonedClock(timeZone);
  return { id, name, timeZone, retentionDays, version, createdAt: clock.rfc3339(createdAt.getTime()) };
}
