import type { Member } from '../../access/members/members.repository';
import { ZonedClock } from '../../lib/time/zoned-time';
import { currentUserView, type CurrentUser } from '../sessions/current-user.view';

/** A login. */
export class OpenedSession {
  /**
   * Send it as `Authorization: Bearer …` with every request. It is shown this once.
   * @example "uas_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue"
   */
  token: string;

  /**
   * When the session ends by itself, RFC 3339 in the account's zone.
   * @example "2026-01-15T21:30:00.000+02:00"
   */
  expiresAt: string;

  /** Who logged in. */
  user: CurrentUser;
}

/** Shows a session that was just opened, with its token and with its times in the zone of the member's account. */
export function openedSessionView(token: string, expiresAt: Date, member: Member): OpenedSession {
  const clock = new ZonedClock(member.account.timeZone);
  return { token, expiresAt: clock.rfc3339(expiresAt.getTime()), user: currentUserView(member) };
}
