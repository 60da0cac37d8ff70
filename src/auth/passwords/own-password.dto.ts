import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IsPassword } from '../../access/members/password-field';
import { Omittable } from '../../http/validation/dto-fields';

/** A new password that replaces your current one. */
export class ChangePassword {
  /** Your current password: 1 to 128 characters, counted after Unicode normalization to NFC. */
  @ApiProperty({ example: 'the password that you logged in with' })
  @IsPassword(1)
  currentPassword: string;

  /**
   * Your new password: 12 to 128 characters, counted after Unicode normalization to NFC. So it does not matter whether
   * a device sends an accented letter as one code point or as two.
   */
  @ApiProperty({ example: 'seven quiet otters under the bridge' })
  @IsPassword(12)
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
