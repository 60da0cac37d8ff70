import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, MaxLength } from 'class-validator';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import { IsPrivileges } from '../../access/roles/roles.dto';
import type { Page } from '../../http/paging/page.dto';
import { Characters, IsId, IsInstant, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';
import { API_KEY_STATUSES, type ApiKeyStatus } from './api-key-status';

/** Path of an API key. */
export class ApiKeyParams {
  /**
   * The key's id.
   * @example "01J000000000000000000KEY01"
   */
  @IsId()
  id: string;
}

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

/** An API key to be made. */
export class CreateApiKey {
  /**
   * Its name, 1 to 100 characters; of no other key of the account that still works.
   * @example "data-warehouse"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  name: string;

  /**
   * What it may do, at least one; only privileges that you hold yourself.
   * @example ["users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true, minItems: 1 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsPrivileges()
  privileges: Privilege[];

  /**
   * From when on it is refused, RFC 3339 with an offset; in the future, at most 10 years ahead. Without it the key does
   * not expire.
   * @example "2031-12-31T23:59:59+02:00"
   */
  @Omittable()
  @IsInstant()
  expiresAt?: string;

  /**
   * The networks that it may be used from, in CIDR notation, IPv4 or IPv6, up to 50; an address alone is a network of one.
   * Without any it may be used from anywhere.
   * @example ["203.0.113.0/24", "2001:db8::/32"]
   */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  networks?: string[];
}

/** An API key that was just made. */
export class CreatedApiKey extends ApiKeyView {
  /**
   * Send it as `Authorization: Bearer …` with every request. It is shown this once.
   * @example "uak_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue"
   */
  token: string;
}
