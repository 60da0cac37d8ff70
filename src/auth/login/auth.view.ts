import { ApiProperty } from '@nestjs/swagger';
import type { Member } from '../../access/members/members.repository';
import { ZonedClock } from '../../lib/time/zoned-time';
import { userActor } from '../sessions/actor';
import { currentUserView, type CurrentUser } from '../sessions/current-user.view';

/** A session that was just opened, with its token. */
export class OpenedSession {
  /**
   * The session's token. Send it as `Authorization: Bearer …` with every request. It is returned only this once.
   * @example "uas_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue"
   */
  token: string;

  /**
   * When the session expires: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T21:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;

  /** The user who logged in. */
  user: CurrentUser;
}

/** Shows a session that was just opened, with its token and with its times in the account's time zone. */
export function openedSessionView(token: string, expiresAt: Date, member: Member): OpenedSession {
  const clock = ZonedClock.of(member.account.timeZone);
  return { token, expiresAt: clock.rfc3339(expiresAt.getTime()), user: currentUserView(userActor(member)) };
}
