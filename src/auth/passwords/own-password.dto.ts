import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsString } from 'class-validator';
import { Characters, Omittable } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';

/** A new password in place of the current one. */
export class ChangePassword {
  /**
   * The password that you log in with now, 1 to 128 characters.
   */
  @ApiProperty({ example: 'the password that you logged in with' })
  @TakesSecret()
  @IsString()
  @Characters(1, 128)
  currentPassword: string;

  /**
   * The password that you want to log in with from now on, 12 to 128 characters.
   */
  @ApiProperty({ example: 'seven quiet otters under the bridge' })
  @TakesSecret()
  @IsString()
  @Characters(12, 128)
  newPassword: string;

  /**
   * Whether to revoke your API keys too. They go on working otherwise: a program would stop without anybody noticing. Send
   * true if somebody else may know your password, because they may have made a key.
   * @example false
   * @default false
   */
  @Omittable()
  @IsBoolean()
  revokeApiKeys?: boolean;
}
