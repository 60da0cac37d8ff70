import { ApiProperty } from '@nestjs/swagger';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import type { Page } from '../../http/paging/page.dto';
import { ZonedClock, type TimeZone } from '../../lib/time/zoned-time';
import type { ApiKey } from './api-key.entity';
import { API_KEY_STATUSES, apiKeyStatus, type ApiKeyStatus } from './api-key.rules';
import type { ApiKeyWithMaker } from './api-keys.repository';

/** The user who created an API key. */
export class ApiKeyCreator {
  /**
   * The user's id: 26 characters.
   * @example "01J000000000000000000VSER1"
   */
  id: string;

  /**
   * The user's name.
   * @example "Maria Manager"
   */
  name: string;
}

/** An API key: the credentials of a program. Its token is returned only once, when the key is created. */
export class ApiKeyView {
  /**
   * The API key's id: 26 characters. Records of what the key does have it as their user id, so you can filter the
   * report by it.
   * @example "01J000000000000000000KEY01"
   */
  id: string;

  /**
   * The API key's name. Records show it as the user name, with a prefix: `API key: nightly-export`.
   * @example "nightly-export"
   */
  name: string;

  /**
   * The first characters of the token, to recognize it by.
   * @example "uak_5tQ0xq"
   */
  prefix: string;

  /**
   * The codes of the API key's privileges, in the order of `GET /v1/privileges`. A privilege has an effect only while
   * the user who created the key holds it too.
   * @example ["users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  privileges: Privilege[];

  /**
   * The networks that the API key can be used from, in CIDR notation. An empty list means everywhere.
   * @example ["203.0.113.0/24", "2001:db8::/32"]
   */
  networks: string[];

  /** The user who created the API key. */
  createdBy: ApiKeyCreator;

  /**
   * When the API key was created: an RFC 3339 date-time in the account's time zone.
   * @example "2026-01-15T09:30:00.000+02:00"
   */
  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /**
   * When the API key expires: an RFC 3339 date-time in the account's time zone; null if it does not expire.
   * @example "2031-12-31T23:59:59.000+02:00"
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: string | null;

  /**
   * When the API key was last used, to the minute: an RFC 3339 date-time in the account's time zone; null if it was
   * never used.
   * @example "2026-01-16T02:00:00.000+02:00"
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt: string | null;

  /**
   * When the API key was revoked: an RFC 3339 date-time in the account's time zone, such as
   * `2026-02-01T10:00:00.000+02:00`; null if it was not revoked.
   */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  revokedAt: string | null;

  /**
   * Whether the API key works: `active`, `expired`, `revoked` or `user_disabled`. The last one means that the user who
   * created the key was disabled. The key stays refused even if that user is enabled again.
   * @example "active"
   */
  @ApiProperty({ enum: API_KEY_STATUSES, enumName: 'ApiKeyStatus' })
  status: ApiKeyStatus;
}

/** A page of API keys. */
export class ApiKeyPage implements Page<ApiKeyView> {
  /** The API keys on this page, newest first, including those that are no longer active. */
  data: ApiKeyView[];

  /** The cursor of the next page, to send as `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** An API key that was just created, with its token. */
export class CreatedApiKey extends ApiKeyView {
  /**
   * The API key's token. Send it as `Authorization: Bearer …` with every request. It is returned only this once, so
   * store it safely.
   * @example "uak_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue"
   */
  token: string;
}

/** Shows an API key with its current status, and with its times in the given time zone. */
export function apiKeyView({ maker, ...key }: ApiKeyWithMaker, now: Date, timeZone: TimeZone): ApiKeyView {
  const clock = ZonedClock.of(timeZone);
  const show = (moment: Date | null) => moment && clock.rfc3339(moment.getTime());
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    privileges: [...key.privileges],
    networks: [...key.networks],
    createdBy: { id: key.makerId, name: maker.name },
    createdAt: clock.rfc3339(key.createdAt.getTime()),
    expiresAt: show(key.expiresAt),
    lastUsedAt: show(key.lastUsedAt),
    revokedAt: show(key.revokedAt),
    status: apiKeyStatus(key, maker, now),
  };
}

/** Returns the fields of a record about an API key: everything except its token. */
export function describeApiKey({ id, name, prefix, privileges, networks, expiresAt }: ApiKey) {
  const details = { apiKeyId: id, prefix, privileges, networks, expiresAt: expiresAt?.toISOString() ?? null };
  return { comment: name, details };
}
