import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { Account } from '../accounts/account.entity';
import { Privilege } from '../privileges/privilege';
import { RolePrivilege } from './role.entity';
import { User, UserRole } from './user.entity';

/** A user of an account, and what all its roles together allow. */
export interface Member {
  readonly user: User;
  readonly account: Account;
  readonly privileges: readonly Privilege[];
}

/** Users with what decides about what they may do. */
@Injectable()
export class MembersRepository {
  /** Some user's, read once. */
  private anyUserId: string | undefined;

  constructor(private readonly unitOfWork: UnitOfWork) {}

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
    const ticks = await manager
      .createQueryBuilder(RolePrivilege, 'tick')
      .select('DISTINCT tick.privilege', 'privilege')
      .innerJoin(UserRole, 'userRole', 'userRole.roleId = tick.roleId')
      .where('userRole.userId = :id', { id })
      .getRawMany<{ privilege: Privilege }>();
    return { user, account, privileges: ticks.map(({ privilege }) => privilege) };
  }

  /** The user who is signed in, whom there always is, because users are never deleted. */
  async get(id: string): Promise<Member> {
    const member = await this.findById(id);
    if (!member) throw new Error('The signed-in user is gone, but users are never deleted.');
    return member;
  }

  /**
   * With the hash of the password. For an e-mail that nobody has it reads another user, whom it forgets again: the time of a
   * login must not tell which e-mails exist.
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

  /** The privileges that the account's active users who can manage access hold, and so can give out. */
  async findGivable(accountId: string): Promise<ReadonlySet<Privilege>> {
    const { manager } = this.unitOfWork;
    const managers = manager
      .createQueryBuilder(UserRole, 'managing')
      .select('managing.userId')
      .innerJoin(RolePrivilege, 'manages', 'manages.roleId = managing.roleId AND manages.privilege = :manages');
    const ticks = await manager
      .createQueryBuilder(RolePrivilege, 'tick')
      .innerJoin(UserRole, 'userRole', 'userRole.roleId = tick.roleId')
      .innerJoin(User, 'user', 'user.id = userRole.userId')
      .where('user.accountId = :accountId AND user.status = :status', {
        accountId,
        status: 'active',
      })
      .andWhere(`user.id IN (${managers.getQuery()})`, { manages: Privilege.ManageUserAccess })
      .getMany();
    return new Set(ticks.map(({ privilege }) => privilege));
  }
}
