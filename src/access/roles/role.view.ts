import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import type { RoleWithPrivileges } from '../members/roles.repository';
import { PRIVILEGES, type Privilege } from '../privileges/privilege';

/** A role: a named set of privileges. */
export class RoleView {
  /**
   * The role's id.
   * @example "01J000000000000000000R0E02"
   */
  id: string;

  /**
   * Its name, of one role only in the account.
   * @example "Auditors"
   */
  name: string;

  /**
   * What it allows, in the order of the catalogue.
   * @example ["users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  privileges: Privilege[];

  /**
   * Counts the changes; a change names the version that it is made to.
   * @example 1
   */
  version: number;

  /**
   * When it was made, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;
}

/** One page of roles. */
export class RolePage implements Page<RoleView> {
  /** The roles, oldest first. */
  data: RoleView[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Shows a role, with its times in the zone. */
export function roleView(
  { id, name, privileges, version, createdAt }: RoleWithPrivileges,
  timeZone: TimeZone,
): RoleView {
  const clock = new ZonedClock(timeZone);
  return { id, name, privileges, version, createdAt: clock.rfc3339(createdAt.getTime()) };
}
