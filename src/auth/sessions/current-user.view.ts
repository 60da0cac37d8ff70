import { ApiProperty } from '@nestjs/swagger';
import type { Account } from '../../access/accounts/account.entity';
import type { Member } from '../../access/members/members.repository';
import { inCatalogueOrder } from '../../access/members/roles.repository';
import { PRIVILEGES, type Privilege } from '../../access/privileges/privilege';
import type { ApiKeyActor } from '../../context/actor';

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

/** Shows the user who is signed in. */
export function currentUserView({ user, account, privileges }: Member): CurrentUser {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    mustChangePassword: user.passwordIssuedAt !== null,
    privileges: inCatalogueOrder(privileges),
    account: ownAccount(account),
  };
}

/** Shows the API key that a request is signed in with as a user. */
export function currentApiKeyView({ userId, userName, privileges }: ApiKeyActor, account: Account): CurrentUser {
  return {
    id: userId,
    email: null,
    name: userName,
    mustChangePassword: false,
    privileges: inCatalogueOrder(privileges as ReadonlySet<Privilege>),
    account: ownAccount(account),
  };
}

function ownAccount({ id, name, timeZone }: Account): OwnAccount {
  return { id, name, timeZone };
}
