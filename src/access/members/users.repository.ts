import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { assertUnique } from '../../database/assert-unique';
import { lockRow } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { User, UserRole } from './user.entity';

/** A user with the ids of the user's roles, and without the hash of the password. */
export type UserWithRoles = Omit<User, 'passwordHash'> & { readonly roleIds: string[] };

/** Stores users and their roles. */
@Injectable()
export class UsersRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(accountId: string, after: string | undefined, take: number): Promise<UserWithRoles[]> {
    const where = { accountId, ...(after !== undefined && { id: MoreThan(after) }) };
    return this.withRoles(await this.unitOfWork.manager.find(User, { where, order: { id: 'ASC' }, take }));
  }

  /** Finds the users of the account that have one of the ids. */
  async findAll(accountId: string, ids: readonly string[]): Promise<UserWithRoles[]> {
    if (ids.length === 0) return [];
    return this.withRoles(await this.unitOfWork.manager.findBy(User, { accountId, id: In([...ids]) }));
  }

  /**
   * Returns a user.
   * @throws Problem 404 when the account has no user with this id
   */
  async get(accountId: string, id: string): Promise<UserWithRoles> {
    const [user] = await this.findAll(accountId, [id]);
    if (!user) throw Problem.notFound('user_not_found', inPath('id'), 'There is no user with this id.');
    return user;
  }

  /** Finds the users of the account that have one of the ids or one of the email addresses. */
  findByIdOrEmail(accountId: string, ids: readonly string[], emails: readonly string[]): Promise<User[]> {
    const conditions = [{ id: In([...ids]) }, { email: In([...emails]) }];
    return this.unitOfWork.manager.findBy(
      User,
      conditions.map((condition) => ({ accountId, ...condition })),
    );
  }

  /** Finds the account of the user with this email address, which is unique over all accounts. */
  async findAccountId(email: string): Promise<string | undefined> {
    return (await this.unitOfWork.manager.findOneBy(User, { email }))?.accountId;
  }

  async findByEmail(accountId: string, email: string): Promise<UserWithRoles | undefined> {
    const [user] = await this.withRoles(await this.unitOfWork.manager.findBy(User, { accountId, email }));
    return user;
  }

  /** @throws Problem 409 when another user of any account has the email address */
  async insert(user: User, roleIds: readonly string[]): Promise<void> {
    await assertEmailFree(user.email, this.unitOfWork.manager.insert(User, user));
    await this.insertRoles(user.id, roleIds);
  }

  /** @throws Problem 409 when another user of any account has the email address */
  async update(
    id: string,
    changed: Pick<User, 'email' | 'name' | 'status' | 'version' | 'disabledAt'>,
    roleIds: readonly string[],
  ): Promise<void> {
    await assertEmailFree(changed.email, this.unitOfWork.manager.update(User, { id }, changed));
    await this.unitOfWork.manager.delete(UserRole, { userId: id });
    await this.insertRoles(id, roleIds);
  }

  /** Locks a user until the transaction ends, and returns it with the hash of its password. */
  async lock(id: string): Promise<User> {
    const { manager } = this.unitOfWork;
    await lockRow(manager, User, id);
    const users = manager.createQueryBuilder(User, 'user').addSelect('user.passwordHash').where({ id });
    return users.getOneOrFail();
  }

  /** Sets a user's new password, which the user has chosen. */
  async updatePassword(id: string, passwordHash: string): Promise<void> {
    await this.unitOfWork.manager.update(User, { id }, { passwordHash, passwordIssuedAt: null });
  }

  private async insertRoles(userId: string, roleIds: readonly string[]): Promise<void> {
    if (roleIds.length === 0) return;
    await this.unitOfWork.manager.insert(
      UserRole,
      roleIds.map((roleId) => ({ userId, roleId })),
    );
  }

  private async withRoles(users: User[]): Promise<UserWithRoles[]> {
    const held = await this.unitOfWork.manager.findBy(UserRole, { userId: In(users.map(({ id }) => id)) });
    return users.map((user) => ({
      ...user,
      roleIds: held.flatMap(({ userId, roleId }) => (userId === user.id ? roleId : [])).sort(),
    }));
  }
}

function assertEmailFree(email: string, write: Promise<unknown>): Promise<void> {
  const message = `There is a user with the email address ${email} already.`;
  return assertUnique(write, { code: 'email_taken', field: 'email', message });
}
