import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
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

/** The account of a signed-in user. */
export class OwnAccount {
  /**
   * The account's id.
   * @example "01J000000000000000000DEM01"
   */
  id: string;

  /**
   * Name of the merchant.
   * @example "Demo Merchant"
   */
  name: string;

  /**
   * IANA time zone in which reports show their times, unless a request names another.
   * @example "Europe/Bucharest"
   */
  timeZone: string;
}

/** Whoever is signed in. */
export class CurrentUser {
  /**
   * The user's id; of an API key the key's own.
   * @example "01J000000000000000000VSER1"
   */
  id: string;

  /**
   * What the user logs in with; null of an API key.
   * @example "manager@demo.example"
   */
  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  /**
   * The user's name; of an API key `API key: ` and its name, as records show it.
   * @example "Maria Manager"
   */
  name: string;

  /**
   * Whether somebody else chose the password: nothing is open then but changing it, with POST /v1/auth/password.
   * @example false
   */
  mustChangePassword: boolean;

  /**
   * What all roles of the user together allow; of an API key, what it may do now.
   * @example ["manage_user_access", "users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  privileges: Privilege[];

  /** The user's account. */
  account: OwnAccount;
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
