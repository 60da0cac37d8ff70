import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import type { RoleWithPrivileges } from '../members/roles.repository';
import { PRIVILEGES, type Privilege } from '../privileges/privilege';

/** A role: a named set of privileges. */
export class RoleView {
  /**
   * The role's id: 26 characters.
   * @example "01J000000000000000000R0E02"
   */
  id: string;

  /**
   * The role's name, unique in the account.
   * @example "Auditors"
   */
  name: string;

  /**
   * The codes of the privileges that the role grants, in the order of `GET /v1/privileges`.
   * @example ["users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  privileges: Privilege[];

  /**
   * The version of the role: 1 at first, and one more after each change. Send it with your next change.
   * @example 1
   */
  version: number;

  /**
   * When the role was created: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** A page of roles. */
export class RolePage implements Page<RoleView> {
  /** The roles on this page, oldest first. */
  data: RoleView[];

  /** The cursor of the next page, to send as `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Shows a role, with its times in the given time zone. */
export function roleView(
  { id, name, privileges, version, createdAt }: RoleWithPrivileges,
  timeZone: TimeZone,
): RoleView {
  const clock = ZonedClock.of(timeZone);
  return { id, name, privileges, version, createdAt: clock.rfc3339(createdAt.getTime()) };
}
