import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import { USER_STATUSES, type UserStatus } from '../members/user.entity';
import type { UserWithRoles } from '../members/users.repository';
import type { Invited } from './invitations';

/** A person who works in the account's Control Panel. */
export class UserView {
  /**
   * The user's id.
   * @example "01J000000000000000000VSER2"
   */
  id: string;

  /**
   * What the user logs in with.
   * @example "auditor@demo.example"
   */
  email: string;

  /**
   * The user's name, as records show it.
   * @example "Alice Auditor"
   */
  name: string;

  /**
   * The roles that the user has.
   * @example ["01J000000000000000000R0E02"]
   */
  roleIds: string[];

  /**
   * A disabled user can't log in, and its open sessions are refused.
   * @example "active"
   */
  @ApiProperty({ enum: USER_STATUSES, enumName: 'UserStatus' })
  status: UserStatus;

  /**
   * Counts the changes; a change names the version that it is made to.
   * @example 1
   */
  version: number;

  /**
   * When the user was made, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;
}

/** An invitation that is on its way to a user. */
export class QueuedInvitation {
  /**
   * When its link stops working, RFC 3339 in the account's zone.
   * @example "2026-01-18T09:30:00.000+02:00"
   */
  expiresAt: string;

  /**
   * Id of the queued mail; also the local part of its Message-ID.
   * @example "01KAM9W3M8Q6XK2T1N9B7C5D4E"
   */
  mailId: string;
}

/** One page of users. */
export class UserPage implements Page<UserView> {
  /** The users, oldest first. */
  data: UserView[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Shows a user, with its times in the zone. */
export function userView(
  { id, email, name, roleIds, status, version, createdAt }: UserWithRoles,
  timeZone: TimeZone,
): UserView {
  const clock = new ZonedClock(timeZone);
  return { id, email, name, roleIds, status, version, createdAt: clock.rfc3339(createdAt.getTime()) };
}

/** Shows an invitation that was queued, with its times in the zone. */
export function queuedInvitationView({ expiresAt, mailId }: Invited, timeZone: TimeZone): QueuedInvitation {
  return { expiresAt: new ZonedClock(timeZone).rfc3339(expiresAt.getTime()), mailId };
}
