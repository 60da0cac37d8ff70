import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { Characters, IsId, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';
import { PRIVILEGES, type Privilege } from '../privileges/privilege';

/** Accepts the codes of privileges. */
export const IsPrivileges = () =>
  IsIn(PRIVILEGES, {
    each: true,
    message: '$property must contain only privilege codes that GET /v1/privileges lists',
    context: { code: 'privilege_unknown' },
  });

/** The path parameters of a role. */
export class RoleParams {
  /**
   * The role's id: 26 characters.
   * @example "01J000000000000000000R0E02"
   */
  @IsId()
  id: string;
}

/** A new role. */
export class CreateRole {
  /**
   * The role's name: 1 to 100 characters on a single line, unique in the account.
   * @example "Refund desk"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  name: string;

  /**
   * The codes of the privileges that the role grants, each once. You can only include privileges that you hold
   * yourself.
   * @example ["orders", "refunds"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true, maxItems: PRIVILEGES.length })
  @IsArray()
  @ArrayUnique()
  @IsPrivileges()
  privileges: Privilege[];
}

/** The changes to a role. A field that you leave out keeps its value. */
export class UpdateRole {
  /**
   * The role's new name: 1 to 100 characters on a single line, unique in the account.
   * @example "Auditors"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 100)
  @SingleLine()
  name?: string;

  /**
   * The codes of all privileges that the role grants from now on, each once. You must hold both the privileges that the
   * role has and those that you add.
   * @example ["users_activity"]
   */
  @ApiPropertyOptional({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true, maxItems: PRIVILEGES.length })
  @Omittable()
  @IsArray()
  @ArrayUnique()
  @IsPrivileges()
  privileges?: Privilege[];

  /**
   * The version of the role that your change is based on. If the role has changed since, the response is 409
   * `version_outdated`.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version: number;
}
