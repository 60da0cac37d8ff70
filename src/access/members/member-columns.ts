import type { Actor } from '../../context/actor';
import type { Privilege } from '../privileges/privilege';
import type { UserStatus } from './user.entity';

/**
 * Columns of a user, the user's account and privileges, for statements that authenticate a request. They select from
 * `users` and `accounts`. MySQL cuts off the list of privileges at 1,024 characters; the catalogue of privileges is
 * shorter.
 */
export const MEMBER_COLUMNS = `
  users.id AS userId, users.name AS userName, users.email AS email, users.status AS userStatus,
  users.disabled_at AS disabledAt, users.password_issued_at AS passwordIssuedAt,
  accounts.id AS accountId, accounts.name AS accountName, accounts.time_zone AS timeZone,
  (SELECT GROUP_CONCAT(DISTINCT role_privileges.privilege)
     FROM user_roles JOIN role_privileges ON role_privileges.role_id = user_roles.role_id
    WHERE user_roles.user_id = users.id) AS privileges`;

/** What a statement reads with `MEMBER_COLUMNS`. */
export interface MemberRow extends Pick<Actor, 'accountId' | 'accountName' | 'timeZone' | 'userName' | 'userId'> {
  readonly email: string;
  readonly userStatus: UserStatus;
  readonly disabledAt: string | Date | null;
  readonly passwordIssuedAt: string | Date | null;
  /** The codes of the privileges, separated by commas; null if the user has none. */
  readonly privileges: string | null;
}

/** Returns the privileges that a statement has read. */
export function privilegesOf({ privileges }: Pick<MemberRow, 'privileges'>): readonly Privilege[] {
  return privileges === null ? [] : (privileges.split(',') as Privilege[]);
}
