import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Characters, Trimmed } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';

/** What one logs in with. */
export class Credentials {
  /**
   * The user's e-mail, in any case.
   */
  @ApiProperty({ example: 'manager@demo.example' })
  @Trimmed()
  @IsString()
  @Characters(1, 254)
  email: string;

  /**
   * The user's password.
   */
  @ApiProperty({ example: 'the password that the demo printed' })
  @TakesSecret()
  @IsString()
  @Characters(1, 128)
  password: string;
}
