import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { IsPassword } from '../../access/members/password-field';
import { Characters } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';
import { INVITATION_TOKEN } from '../invitations/invitations.repository';

/** The new password of an invited user. */
export class AcceptInvitation {
  /** The token from the link in the invitation: the part after `#token=`, 1 to 200 characters. */
  @ApiProperty({ example: 'uai_3mB7xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue' })
  @TakesSecret(INVITATION_TOKEN)
  @IsString()
  @Characters(1, 200)
  token: string;

  /**
   * The new password: 12 to 128 characters, counted after Unicode normalization to NFC. So it does not matter whether
   * a device sends an accented letter as one code point or as two.
   */
  @ApiProperty({ example: 'seven quiet otters under the bridge' })
  @IsPassword(12)
  password: string;
}
