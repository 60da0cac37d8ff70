import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsEmail, IsIn, IsInt, IsString, Min } from 'class-validator';
import { Characters, IsId, LowerCased, Omittable, SingleLine, Trimmed } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';
import { USER_STATUSES, type UserStatus } from '../members/user.entity';

/** Path of a user. */
export class UserParams {
  /**
   * The user's id.
   * @example "01J000000000000000000VSER2"
   */
  @IsId()
  id: string;
}

/** A user to be made. */
export class CreateUser {
  /**
   * What the user logs in with; of no other user of this service.
   * @example "new.colleague@demo.example"
   */
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  email: string;

  /**
   * The user's name, 1 to 200 characters.
   * @example "Nora New"
   */
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name: string;

  /**
   * A first password, 12 to 128 characters, which the user must change after the first login; tell it to the user on
   * another way. Without it the user gets an invitation by mail instead.
   * @example "correct horse battery staple"
   */
  @Omittable()
  @TakesSecret()
  @IsString()
  @Characters(12, 128)
  password?: string;

  /**
   * The roles that the user gets; only with privileges that you hold yourself.
   * @example ["01J000000000000000000R0E02"]
   */
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsId({ each: true })
  roleIds: string[];
}

/** A change of a user; what is left out stays as it is. */
export class UpdateUser {
  /**
   * What the user logs in with; of no other user of this service.
   * @example "auditor@demo.example"
   */
  @Omittable()
  @LowerCased()
  @IsEmail()
  @Characters(0, 254)
  email?: string;

  /**
   * The user's name, 1 to 200 characters. Old records keep the name that they were written with.
   * @example "Alice Auditor"
   */
  @Omittable()
  @Trimmed()
  @IsString()
  @Characters(1, 200)
  @SingleLine()
  name?: string;

  /**
   * All roles that the user has from now on; you must hold what the user had and what is new.
   * @example ["01J000000000000000000R0E02"]
   */
  @Omittable()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(50)
  @IsId({ each: true })
  roleIds?: string[];

  /**
   * Whether the user may log in.
   * @example "active"
   */
  @ApiPropertyOptional({ enum: USER_STATUSES, enumName: 'UserStatus' })
  @Omittable()
  @IsIn(USER_STATUSES)
  status?: UserStatus;

  /**
   * The version of the user that you saw; if it has changed since, the answer is 409.
   * @example 1
   */
  @IsInt()
  @Min(1)
  version: number;
}
