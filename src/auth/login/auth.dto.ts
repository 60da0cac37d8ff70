import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { Characters, Trimmed } from '../../http/validation/dto-fields';
import { TakesSecret } from '../../http/validation/takes-secret.decorator';
import { CurrentUser } from '../sessions/current-user.dto';

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

/** A login. */
export class OpenedSession {
  /**
   * Send it as `Authorization: Bearer …` with every request. It is shown this once.
   * @example "uas_5tQ0xq8Wq2Vx9c1mB4n7Zk3Jr6Yp0Ls5Dg8Hf2Ta1Ue"
   */
  token: string;

  /**
   * When the session ends by itself, RFC 3339 in the account's zone.
   * @example "2026-01-15T21:30:00.000+02:00"
   */
  expiresAt: string;

  /** Who logged in. */
  user: CurrentUser;
}
