import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, MaxLength } from 'class-validator';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import { IsPrivileges } from '../../access/roles/roles.dto';
import { Characters, IsId, IsInstant, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';

/** Path of an API key. */
export class ApiKeyParams {
  /**
   * The key's id.
   * @example "01J000000000000000000KEY01"
   */
  @IsId()
  id: string;
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
