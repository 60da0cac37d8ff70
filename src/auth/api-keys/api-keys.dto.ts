import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, MaxLength } from 'class-validator';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import { IsPrivileges } from '../../access/roles/roles.dto';
import { Characters, IsId, IsInstant, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

/** The path parameters of an API key. */
export class ApiKeyParams {
  /**
   * The API key's id: 26 characters.
   * @example "01J000000000000000000KEY01"
   */
  @IsId()
  id: string;
}

/** A new API key. */
export class CreateApiKey {
  /**
   * The API key's name: 1 to 100 characters on a single line. No other active API key of the account can have the same
   * name.
   * @example "data-warehouse"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  name: string;

  /**
   * The codes of the API key's privileges: at least one, each once. You can only include privileges that you hold
   * yourself.
   * @example ["users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true, minItems: 1, maxItems: PRIVILEGES.length })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsPrivileges()
  privileges: Privilege[];

  /**
   * When the API key expires: an RFC 3339 date-time with an offset, in the future and at most 10 years ahead. If you
   * leave it out, the API key does not expire.
   * @example "2031-12-31T23:59:59+02:00"
   */
  @Omittable()
  @IsInstant()
  expiresAt?: string;

  /**
   * The networks that the API key can be used from: up to 50, IPv4 or IPv6, in CIDR notation. A single address is
   * accepted as a network of one address. If you leave the field out or send an empty list, the API key works from
   * everywhere.
   * @example ["203.0.113.0/24", "2001:db8::/32"]
   */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  networks?: string[];
}
