import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { Account } from '../accounts/account.entity';
import { Privilege } from '../privileges/privilege';
import { NO_PASSWORD } from './password';
import { RolePrivilege } from './role.entity';
import { User, UserRole } from './user.entity';

/** A user with the account and the privileges of all the roles that the user has. */
export interface Member {
  readonly user: User;
  readonly account: Account;
  readonly privileges: readonly Privilege[];
}

/** Reads users together with their privileges. */
@Injectable()
export class MembersRepository {
  /** The id of any user, which `findByEmail` reads for unknown email addresses. */
  private anyUserId: string | undefined;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Finds a user, with the hash of the password. */
  async findById(id: string): Promise<Member | undefined> {
    const { manager } = this.unitOfWork;
    const found = await manager
      .createQueryBuilder(User, 'user')
      .addSelect('user.passwordHash')
      .innerJoinAndMapOne('user.account', Account, 'account', 'account.id = user.accountId')
      .where({ id })
      .getOne();
    if (!found) return undefined;
    const { account, ...user } = found as User & { account: Account };
    const grants = await manager
      .createQueryBuilder(RolePrivilege, 'granted')
      .select('DISTINCT granted.privilege', 'privilege')
      .innerJoin(UserRole, 'userRole', 'userRole.roleId = granted.roleId')
      .where('userRole.userId = :id', { id })
      .getRawMany<{ privilege: Privilege }>();
    return { user, account, privileges: grants.map(({ privilege }) => privilege) };
  }

  /** Returns a user who is signed in. There always is one, because users are never deleted. */
  async get(id: string): Promise<Member> {
    const member = await this.findById(id);
    if (!member) throw new Error('The signed-in user is gone, but users are never deleted.');
    return member;
  }

  /**
   * Finds a user by email address, with the hash of the password. For an unknown address it reads another user and
   * discards it, so that the response time of a login does not reveal which addresses exist.
   */
  async findByEmail(email: string): Promise<Member | undefined> {
    const { manager } = this.unitOfWork;
    const users = manager.createQueryBuilder(User, 'user').select('user.id', 'id');
    const found = await users.where({ email }).getRawOne<{ id: string }>();
    this.anyUserId ??= (await users.where('1 = 1').limit(1).getRawOne<{ id: string }>())?.id;
    const id = found?.id ?? this.anyUserId;
    const member = id === undefined ? undefined : await this.findById(id);
    return found && member;
  }

  /**
   * Finds the privileges of the account's users who can log in and manage access: the ones that somebody can give to
   * others. An invited user cannot log in before choosing a password.
   */
  async findGivable(accountId: string): Promise<ReadonlySet<Privilege>> {
    const { manager } = this.unitOfWork;
    const managers = manager
      .createQueryBuilder(UserRole, 'managing')
      .select('managing.userId')
      .innerJoin(RolePrivilege, 'manages', 'manages.roleId = managing.roleId AND manages.privilege = :manages');
    const grants = await manager
      .createQueryBuilder(RolePrivilege, 'granted')
      .innerJoin(UserRole, 'userRole', 'userRole.roleId = granted.roleId')
      .innerJoin(User, 'user', 'user.id = userRole.userId')
      .where('user.accountId = :accountId AND user.status = :status', { accountId, status: 'active' })
      .andWhere('user.passwordHash <> :noPassword', { noPassword: NO_PASSWORD })
      .andWhere(`user.id IN (${managers.getQuery()})`, { manages: Privilege.ManageUserAccess })
      .getMany();
    return new Set(grants.map(({ privilege }) => privilege));
  }
}
