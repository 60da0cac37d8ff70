import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn, IsInt, IsString, Min } from 'class-validator';
import { Characters, IsId, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';
import { PRIVILEGES, type Privilege } from '../privileges/privilege';

/** Codes of privileges. */
export const IsPrivileges = () =>
  IsIn(PRIVILEGES, {
    each: true,
    message: '$property must be codes that GET /v1/privileges lists',
    context: { code: 'privilege_unknown' },
  });

/** Path of a role. */
export class RoleParams {
  /**
   * The role's id.
   * @example "01J000000000000000000R0E02"
   */
  @IsId()
  id: string;
}

/** A role to be made. */
export class CreateRole {
  /**
   * Its name, 1 to 100 characters, of no other role in the account.
   * @example "Refund desk"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  name: string;

  /**
   * What it allows; only privileges that you hold yourself.
   * @example ["orders", "refunds"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  @IsArray()
  @ArrayUnique()
  @IsPrivileges()
  privileges: Privilege[];
}

/** A change of a role; what is left out stays as it is. */
export class UpdateRole {
  /**
   * Its name, 1 to 100 characters, of no other role in the account.
   * @example "Auditors"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  name?: string;

  /**
   * All that it allows from now on; you must hold what it allowed and what is new.
   * @example ["users_activity"]
   */
  @ApiPropertyOptional({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  @Omittable()
  @IsArray()
  @ArrayUnique()
  @IsPrivileges()
  privileges?: Privilege[];

  /**
   * The version of the role that you saw; if it has changed since, the answer is 409.
   * @example 1
   */
  @IsInt()
  @Min(1)
  version: number;
}
