import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import {
  Characters,
  IsEmailAddress,
  IsId,
  LowerCased,
  Omittable,
  SingleLine,
  Trimmed,
} from '../../http/validation/dto-fields';
import { IsPassword } from '../members/password-field';
import { USER_STATUSES, type UserStatus } from '../members/user.entity';

/** The path parameters of a user. */
export class UserParams {
  /**
   * The user's id: 26 characters.
   * @example "01J000000000000000000VSER2"
   */
  @IsId()
  id: string;
}

/** A new user. */
export class CreateUser {
  /**
   * The email address that the user logs in with: at most 254 characters, stored in lower case, and unique in the whole
   * service.
   * @example "new.colleague@demo.example"
   */
  @LowerCased()
  @IsEmailAddress()
  @Characters(0, 254)
  email: string;

  /**
   * The user's name: 1 to 200 characters on a single line.
   * @example "Nora New"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * The user's first password: 12 to 128 characters, counted after Unicode normalization to NFC. The user must change
   * it after the first login. The service does not send it, so tell it to the user yourself. If you leave it out, the
   * user receives an invitation by email and chooses a password.
   * @example "correct horse battery staple"
   */
  @Omittable()
  @IsPassword(12)
  password?: string;

  /**
   * The ids of the user's roles: at most 50, each once. You can only give roles whose privileges you hold yourself.
   * @example ["01J000000000000000000R0E02"]
   */
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsId({ each: true })
  roleIds: string[];
}

/** The changes to a user. A field that you leave out keeps its value. */
export class UpdateUser {
  /**
   * The email address that the user logs in with: at most 254 characters, stored in lower case, and unique in the whole
   * service.
   * @example "auditor@demo.example"
   */
  @Omittable()
  @LowerCased()
  @IsEmailAddress()
  @Characters(0, 254)
  email?: string;

  /**
   * The user's name: 1 to 200 characters on a single line. Existing records keep the name that they were written with.
   * @example "Alice Auditor"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name?: string;

  /**
   * The ids of all roles that the user has from now on: at most 50, each once. You must hold both the privileges that
   * the user has and those that you add.
   * @example ["01J000000000000000000R0E02"]
   */
  @Omittable()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsId({ each: true })
  roleIds?: string[];

  /**
   * Whether the user can log in: `active` or `disabled`. Disabling a user ends the user's sessions and permanently
   * stops the API keys that the user created.
   * @example "active"
   */
  @ApiPropertyOptional({ enum: USER_STATUSES, enumName: 'UserStatus' })
  @Omittable()
  @IsIn(USER_STATUSES)
  status?: UserStatus;

  /**
   * The version of the user that your change is based on. If the user has changed since, the response is 409
   * `version_outdated`.
   * @example 1
   */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version: number;
}
