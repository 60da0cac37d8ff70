import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Characters } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';
import { INVITATION_TOKEN } from '../invitations/invitations.repository';

/** The password that an invited user chooses. */
export class AcceptInvitation {
  /**
   * The token of the mail's link: what stands after `#token=`, 1 to 200 characters.
   */
  @ApiProperty({ example: 'uai_3mB7xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue' })
  @TakesSecret(INVITATION_TOKEN)
  @IsString()
  @Characters(1, 200)
  token: string;

  /**
   * The password that the user logs in with from now on, 12 to 128 characters.
   */
  @ApiProperty({ example: 'seven quiet otters under the bridge' })
  @TakesSecret()
  @IsString()
  @Characters(12, 128)
  password: string;
}
