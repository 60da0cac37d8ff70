import { ApiProperty } from '@nestjs/swagger';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import type { ApiKey } from './api-key.entity';
import { API_KEY_STATUSES, apiKeyStatus, type ApiKeyStatus } from './api-key.rules';
import type { ApiKeyWithMaker } from './api-keys.repository';

/** Who made an API key. */
export class ApiKeyMaker {
  /**
   * The user's id.
   * @example "01J000000000000000000VSER1"
   */
  id: string;

  /**
   * The user's name.
   * @example "Maria Manager"
   */
  name: string;
}

/** What a program signs in with. Its token is shown once, when it is made. */
export class ApiKeyView {
  /**
   * The key's id: the user id of what is recorded with it, which the report filters by.
   * @example "01J000000000000000000KEY01"
   */
  id: string;

  /**
   * Its name; records show it as the user `API key: nightly-export`.
   * @example "nightly-export"
   */
  name: string;

  /**
   * How its token begins, to recognise it by.
   * @example "uak_5tQ0xq"
   */
  prefix: string;

  /**
   * What it may do, in the order of the catalogue; of these, only what its maker holds at that moment.
   * @example ["users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  privileges: Privilege[];

  /**
   * The networks that it may be used from; none means from anywhere.
   * @example ["203.0.113.0/24", "2001:db8::/32"]
   */
  networks: string[];

  /** Who made it. */
  maker: ApiKeyMaker;

  /**
   * When it was made, RFC 3339 in the account's zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  createdAt: string;

  /**
   * From when on it is refused; null if it does not expire.
   * @example "2031-12-31T23:59:59.000+02:00"
   */
  @ApiProperty({ type: String, nullable: true })
  expiresAt: string | null;

  /**
   * When it was last used, to the minute; null if never.
   * @example "2026-01-16T02:00:00.000+02:00"
   */
  @ApiProperty({ type: String, nullable: true })
  lastUsedAt: string | null;

  /**
   * When it was revoked; null if it was not.
   * @example null
   */
  @ApiProperty({ type: String, nullable: true })
  revokedAt: string | null;

  /**
   * Whether it works, or why not: `maker_disabled` since its maker was disabled, also if the maker is enabled again.
   * @example "active"
   */
  @ApiProperty({ enum: API_KEY_STATUSES, enumName: 'ApiKeyStatus' })
  status: ApiKeyStatus;
}

/** One page of API keys. */
export class ApiKeyPage implements Page<ApiKeyView> {
  /** The keys, newest first, those that no longer work too. */
  data: ApiKeyView[];

  /** Cursor of the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** An API key that was just made. */
export class CreatedApiKey extends ApiKeyView {
  /**
   * Send it as `Authorization: Bearer …` with every request. It is shown this once.
   * @example "uak_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue"
   */
  token: string;
}

/** Shows a key as it is now, with its times in the zone. */
export function apiKeyView({ maker, ...key }: ApiKeyWithMaker, now: Date, timeZone: TimeZone): ApiKeyView {
  const clock = new ZonedClock(timeZone);
  const show = (moment: Date | null) => moment && clock.rfc3339(moment.getTime());
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    privileges: [...key.privileges],
    networks: [...key.networks],
    maker: { id: key.makerId, name: maker.name },
    createdAt: clock.rfc3339(key.createdAt.getTime()),
    expiresAt: show(key.expiresAt),
    lastUsedAt: show(key.lastUsedAt),
    revokedAt: show(key.revokedAt),
    status: apiKeyStatus(key, maker, now),
  };
}

/** The fields of a record about a key: everything but its token. */
export function describeApiKey({ id, name, prefix, privileges, networks, expiresAt }: ApiKey) {
  const details = { apiKeyId: id, prefix, privileges, networks, expiresAt: expiresAt?.toISOString() ?? null };
  return { comment: name, details };
}
