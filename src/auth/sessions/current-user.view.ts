import { ApiProperty } from '@nestjs/swagger';
import { inCatalogueOrder } from '../../access/members/roles.repository';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import type { Actor } from '../../context/actor';

/** The account of the signed-in user. */
export class OwnAccount {
  /**
   * The account's id.
   * @example "01J000000000000000000DEM01"
   */
  id: string;

  /**
   * The merchant's name.
   * @example "Demo Merchant"
   */
  name: string;

  /**
   * The IANA name of the account's time zone. Reports use it unless a request names another one.
   * @example "Europe/Bucharest"
   */
  timeZone: string;
}

/** The signed-in user, or the API key that sent the request. */
export class CurrentUser {
  /**
   * The id of the user or of the API key: 26 characters.
   * @example "01J000000000000000000VSER1"
   */
  id: string;

  /**
   * The email address that the user logs in with; null for an API key.
   * @example "manager@demo.example"
   */
  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  /**
   * The user's name. For an API key, it is the API key's name with a prefix, as records show it: `API key:
   * nightly-export`.
   * @example "Maria Manager"
   */
  name: string;

  /**
   * Whether the user must change the password first, because another user set it. Until then, only `POST
   * /v1/auth/password` and the requests about the user's own session are allowed.
   * @example false
   */
  mustChangePassword: boolean;

  /**
   * The codes of all privileges that the user's roles grant. For an API key, the privileges that it currently has.
   * @example ["manage_user_access", "users_activity"]
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege', isArray: true })
  privileges: Privilege[];

  /** The account that the user belongs to. */
  account: OwnAccount;
}

/** Shows the user or the API key that is signed in. */
export function currentUserView(actor: Actor): CurrentUser {
  const { userId, userName, accountId, accountName, timeZone, privileges } = actor;
  return {
    id: userId,
    email: actor.userEmail,
    name: userName,
    mustChangePassword: actor.kind === 'user' && actor.mustChangePassword,
    privileges: inCatalogueOrder(privileges as ReadonlySet<Privilege>),
    account: { id: accountId, name: accountName, timeZone },
  };
}
