import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Characters } from '../../common/dto-fields';

/** A new password in place of the current one. */
export class ChangePassword {
  /**
   * The password that you log in with now, 1 to 128 characters.
   */
  @ApiProperty({ example: 'the password that you logged in with' })
  @IsString()
  @Characters(1, 128)
  currentPassword: string;

  /**
   * The password that you want to log in with from now on, 12 to 128 characters.
   */
  @ApiProperty({ example: 'seven quiet otters under the bridge' })
  @IsString()
  @Characters(12, 128)
  newPassword: string;
}
