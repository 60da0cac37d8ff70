import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { assertUnique } from '../../database/assert-unique';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { inBody, inPath, type RequestField } from '../../http/problems/request-field';
import { PRIVILEGES, type Privilege } from '../privileges/privilege';
import { Role, RolePrivilege } from './role.entity';
import { UserRole } from './user.entity';

/** A role with its privileges, in the order of the catalogue. */
export type RoleWithPrivileges = Role & { readonly privileges: Privilege[] };

/** Stores roles and their privileges. */
@Injectable()
export class RolesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Lists the roles of the account, oldest first: all of them, or `take` after an id. */
  async list(accountId: string, after?: string, take?: number): Promise<RoleWithPrivileges[]> {
    const where = { accountId, ...(after !== undefined && { id: MoreThan(after) }) };
    const page = { order: { id: 'ASC' }, ...(take !== undefined && { take }) } as const;
    return this.withPrivileges(await this.unitOfWork.manager.find(Role, { where, ...page }));
  }

  /** Finds the roles of the account that have one of the ids. */
  async findAll(accountId: string, ids: readonly string[]): Promise<RoleWithPrivileges[]> {
    if (ids.length === 0) return [];
    return this.withPrivileges(await this.unitOfWork.manager.findBy(Role, { accountId, id: In([...ids]) }));
  }

  /**
   * Returns a role.
   * @throws Problem 404 when the account has no role with this id
   */
  async get(accountId: string, id: string): Promise<RoleWithPrivileges> {
    const [role] = await this.findAll(accountId, [id]);
    if (!role) throw roleNotFound(inPath('id'));
    return role;
  }

  /**
   * Returns the roles with these ids.
   * @throws Problem 404 that names the first id that no role of the account has
   */
  async getAll(accountId: string, ids: readonly string[]): Promise<RoleWithPrivileges[]> {
    const roles = await this.findAll(accountId, ids);
    const missing = ids.findIndex((id) => !roles.some((role) => role.id === id));
    if (missing >= 0) throw roleNotFound(inBody('roleIds', missing));
    return roles;
  }

  /** @throws Problem 409 when another role of the account has the name */
  async insert(role: Role, privileges: readonly Privilege[]): Promise<void> {
    await assertNameFree(role.name, this.unitOfWork.manager.insert(Role, role));
    await this.insertPrivileges(role.id, privileges);
  }

  /** @throws Problem 409 when another role of the account has the name */
  async update(id: string, changed: Pick<Role, 'name' | 'version'>, privileges: readonly Privilege[]): Promise<void> {
    await assertNameFree(changed.name, this.unitOfWork.manager.update(Role, { id }, changed));
    await this.unitOfWork.manager.delete(RolePrivilege, { roleId: id });
    await this.insertPrivileges(id, privileges);
  }

  async delete(id: string): Promise<void> {
    await this.unitOfWork.manager.delete(RolePrivilege, { roleId: id });
    await this.unitOfWork.manager.delete(Role, { id });
  }

  countUsers(id: string): Promise<number> {
    return this.unitOfWork.manager.countBy(UserRole, { roleId: id });
  }

  private async insertPrivileges(roleId: string, privileges: readonly Privilege[]): Promise<void> {
    if (privileges.length === 0) return;
    await this.unitOfWork.manager.insert(
      RolePrivilege,
      privileges.map((privilege) => ({ roleId, privilege })),
    );
  }

  private async withPrivileges(roles: Role[]): Promise<RoleWithPrivileges[]> {
    const grants = await this.unitOfWork.manager.findBy(RolePrivilege, { roleId: In(roles.map(({ id }) => id)) });
    return roles.map((role) => {
      const held = new Set(grants.filter(({ roleId }) => roleId === role.id).map(({ privilege }) => privilege));
      return { ...role, privileges: inCatalogueOrder(held) };
    });
  }
}

/** Returns the privileges in the order of the catalogue, so that equal sets are equal lists. */
export function inCatalogueOrder(privileges: Iterable<Privilege>): Privilege[] {
  const held = new Set(privileges);
  return PRIVILEGES.filter((privilege) => held.has(privilege));
}

function roleNotFound(field: RequestField): Problem {
  return Problem.notFound('role_not_found', field, 'There is no role with this id.');
}

function assertNameFree(name: string, write: Promise<unknown>): Promise<void> {
  const message = `There is a role named "${name}" already.`;
  return assertUnique(write, { code: 'role_name_taken', field: 'name', message });
}
