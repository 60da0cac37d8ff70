import { Account } from './access/accounts/account.entity';
import { Role, RolePrivilege } from './access/roles/role.entity';
import { User, UserRole } from './access/users/user.entity';
import { Activity } from './audit/activity.entity';
import { Session } from './auth/session.entity';

/** Every table of the service. */
export const ENTITIES = [Account, User, UserRole, Role, RolePrivilege, Session, Activity];
