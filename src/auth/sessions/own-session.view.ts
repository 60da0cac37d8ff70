import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import type { Session } from './session.entity';

/** A login of yours that has not ended. */
export class OwnSession {
  /**
   * The session's id.
   * @example "01J000000000000000000SESS1"
   */
  id: string;

  /**
   * When you logged in, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;

  /**
   * When it ends by itself, RFC 3339 in the account's zone.
   * @example "2026-01-15T21:30:00.000+02:00"
   */
  expiresAt: string;

  /** Address that you logged in from; null where it is not known. */
  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  ipAddress: string | null;

  /** What the browser said of itself, at most 512 characters; null where it is not known. */
  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' })
  userAgent: string | null;

  /**
   * Whether it is the one that this request was sent with.
   * @example true
   */
  isCurrent: boolean;
}

/** One page of your sessions. */
export class OwnSessionPage implements Page<OwnSession> {
  /** The sessions, newest first. */
  data: OwnSession[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/**
 * Shows a session to its user, with its times in the zone.
 * @param currentId id of the session that the request was sent with
 */
export function ownSessionView(session: Session, currentId: string, timeZone: TimeZone): OwnSession {
  const clock = new ZonedClock(timeZone);
  return {
    id: session.id,
    createdAt: clock.rfc3339(session.createdAt.getTime()),
    expiresAt: clock.rfc3339(session.expiresAt.getTime()),
    ipAddress: session.ipAddress,
    userAgent: session.userAgent,
    isCurrent: session.id === currentId,
  };
}
