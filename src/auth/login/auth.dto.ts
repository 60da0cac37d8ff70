import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { IsPassword } from '../../access/members/password-field';
import { Characters, Trimmed } from '../../http/validation/dto-fields';

/** The credentials of a user. */
export class Credentials {
  /** The user's email address: 1 to 254 characters. Upper and lower case make no difference. */
  @ApiProperty({ example: 'manager@demo.example' })
  @Trimmed()
  @IsString()
  @Characters(1, 254)
  email: string;

  /** The user's password: 1 to 128 characters, counted after Unicode normalization to NFC. */
  @ApiProperty({ example: 'the password that the demo printed' })
  @IsPassword(1)
  password: string;
}
