import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { assertUnique } from '../../database/assert-unique';
import { lockRow } from '../../database/dialect';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { User, UserRole } from './user.entity';

/** A user as it is shown: without its password's hash, with its roles. */
export type UserWithRoles = Omit<User, 'passwordHash'> & { readonly roleIds: string[] };

/** Users and the roles that they have. */
@Injectable()
export class UsersRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(accountId: string, after: string | undefined, take: number): Promise<UserWithRoles[]> {
    const where = { accountId, ...(after !== undefined && { id: MoreThan(after) }) };
    return this.withRoles(await this.unitOfWork.manager.find(User, { where, order: { id: 'ASC' }, take }));
  }

  /** Those of the ids that are users of the account. */
  async findAll(accountId: string, ids: readonly string[]): Promise<UserWithRoles[]> {
    if (ids.length === 0) return [];
    return this.withRoles(await this.unitOfWork.manager.findBy(User, { accountId, id: In([...ids]) }));
  }

  /** @throws Problem 404 when the account has no user with this id */
  async get(accountId: string, id: string): Promise<UserWithRoles> {
    const [user] = await this.findAll(accountId, [id]);
    if (!user) throw Problem.notFound('user_not_found', inPath('id'), 'There is no user with this id.');
    return user;
  }

  /** The account's users who have one of the ids, or one of the e-mails. */
  findByIdOrEmail(accountId: string, ids: readonly string[], emails: readonly string[]): Promise<User[]> {
    const having = [{ id: In([...ids]) }, { email: In([...emails]) }];
    return this.unitOfWork.manager.findBy(
      User,
      having.map((condition) => ({ accountId, ...condition })),
    );
  }

  /** The account of the user with this e-mail, which no other user of any account has. */
  async findAccountId(email: string): Promise<string | undefined> {
    return (await this.unitOfWork.manager.findOneBy(User, { email }))?.accountId;
  }

  async findByEmail(accountId: string, email: string): Promise<UserWithRoles | undefined> {
    const [user] = await this.withRoles(await this.unitOfWork.manager.findBy(User, { accountId, email }));
    return user;
  }

  /** @throws Problem 409 when another user of any account has the e-mail */
  async insert(user: User, roleIds: readonly string[]): Promise<void> {
    await assertEmailFree(user.email, this.unitOfWork.manager.insert(User, user));
    await this.insertRoles(user.id, roleIds);
  }

  /** @throws Problem 409 when another user of any account has the e-mail */
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
  const message = `There is a user with the e-mail ${email} already.`;
  return assertUnique(write, { code: 'email_taken', field: 'email', message });
}
