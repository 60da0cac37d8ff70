import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import type { Session } from './session.entity';

/** One of your open sessions. */
export class OwnSession {
  /**
   * The session's id: 26 characters.
   * @example "01J000000000000000000SESS1"
   */
  id: string;

  /**
   * When you logged in: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /**
   * When the session expires: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T21:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  expiresAt: string;

  /** The IPv4 or IPv6 address that you logged in from; null if it is not known. */
  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  ipAddress: string | null;

  /** The `User-Agent` header of the login, at most 512 characters; null if it is not known. */
  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' })
  userAgent: string | null;

  /**
   * Whether this is the session that sent the request.
   * @example true
   */
  isCurrent: boolean;
}

/** A page of your sessions. */
export class OwnSessionPage implements Page<OwnSession> {
  /** The sessions on this page, newest first. */
  data: OwnSession[];

  /** The cursor of the next page, to send as `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/**
 * Shows a session to its user, with its times in the given time zone.
 * @param currentId id of the session that the request was sent with
 */
export function ownSessionView(session: Session, currentId: string, timeZone: TimeZone): OwnSession {
  const clock = ZonedClock.of(timeZone);
  return {
    id: session.id,
    createdAt: clock.rfc3339(session.createdAt.getTime()),
    expiresAt: clock.rfc3339(session.expiresAt.getTime()),
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    isCurrent: session.id === currentId,
  };
}
