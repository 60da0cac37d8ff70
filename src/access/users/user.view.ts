import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import { USER_STATUSES, type UserStatus } from '../members/user.entity';
import type { UserWithRoles } from '../members/users.repository';
import type { PendingInvitation } from './invitations';

/** A user: a person who works in the account's Control Panel. */
export class UserView {
  /**
   * The user's id: 26 characters.
   * @example "01J000000000000000000VSER2"
   */
  id: string;

  /**
   * The email address that the user logs in with, in lower case.
   * @example "auditor@demo.example"
   */
  email: string;

  /**
   * The user's name, as new records show it.
   * @example "Alice Auditor"
   */
  name: string;

  /**
   * The ids of the user's roles.
   * @example ["01J000000000000000000R0E02"]
   */
  roleIds: string[];

  /**
   * Whether the user can log in. A `disabled` user cannot log in, and the service refuses the user's sessions.
   * @example "active"
   */
  @ApiProperty({ enum: USER_STATUSES, enumName: 'UserStatus' })
  status: UserStatus;

  /**
   * The version of the user: 1 at first, and one more after each change. Send it with your next change.
   * @example 1
   */
  version: number;

  /**
   * When the user was created: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

/** An invitation that is queued for sending. */
export class QueuedInvitation {
  /**
   * When the link in the invitation expires: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-18T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;

  /**
   * The id of the queued email: 26 characters. It is also the part of the email's Message-ID before the `@`.
   * @example "01KAM9W3M8Q6XK2T1N9B7C5D4E"
   */
  mailId: string;
}

/** A page of users. */
export class UserPage implements Page<UserView> {
  /** The users on this page, oldest first. */
  data: UserView[];

  /** The cursor of the next page, to send as `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Shows a user, with its times in the given time zone. */
export function userView(
  { id, email, name, roleIds, status, version, createdAt }: UserWithRoles,
  timeZone: TimeZone,
): UserView {
  const clock = ZonedClock.of(timeZone);
  return { id, email, name, roleIds, status, version, createdAt: clock.rfc3339(createdAt.getTime()) };
}

/** Shows a queued invitation, with its times in the given time zone. */
export function queuedInvitationView({ expiresAt, mailId }: PendingInvitation, timeZone: TimeZone): QueuedInvitation {
  return { expiresAt: ZonedClock.of(timeZone).rfc3339(expiresAt.getTime()), mailId };
}
