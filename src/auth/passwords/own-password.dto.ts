import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsString } from 'class-validator';
import { Characters, Omittable } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';

/** A new password that replaces your current one. */
export class ChangePassword {
  /** Your current password: 1 to 128 characters. */
  @ApiProperty({ example: 'the password that you logged in with' })
  @TakesSecret()
  @IsString()
  @Characters(1, 128)
  currentPassword: string;

  /** Your new password: 12 to 128 characters. */
  @ApiProperty({ example: 'seven quiet otters under the bridge' })
  @TakesSecret()
  @IsString()
  @Characters(12, 128)
  newPassword: string;

  /**
   * Whether to revoke your API keys too. By default they keep working, because programs depend on them. Send `true` if
   * somebody else may know your password: that person may have created an API key.
   * @example false
   * @default false
   */
  @Omittable()
  @IsBoolean()
  revokeApiKeys?: boolean;
}
