import { Injectable } from '@nestjs/common';
import type { Actor } from '../../context/actor';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import type { RequestField } from '../../http/problems/request-field';
import { AccountsRepository } from '../accounts/accounts.repository';
import { privilegeMissing, userDisabled } from '../guard/privilege.guard';
import { Privilege, privilegeLabel } from '../privileges/privilege';
import { ApiKeyAccess } from './api-key-access';
import { MembersRepository } from './members.repository';

/** Checks that a change of users or roles neither exceeds the actor's own privileges nor locks everybody out. */
@Injectable()
export class AccessBounds {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly members: MembersRepository,
    private readonly apiKeys: ApiKeyAccess,
    private readonly context: RequestContext,
  ) {}

  /**
   * Locks the users and roles of an account until the transaction ends, so that concurrent changes run one after
   * another.
   * @param accountId by default the account of the actor
   */
  async lock(accountId = this.context.actor.accountId): Promise<void> {
    await this.accounts.lock(accountId);
  }

  /**
   * Locks the users and roles of the actor's account as `lock` does, and reads the access of the user or API key again:
   * it may have changed while the body of the request arrived, or while the request waited for the lock.
   * @param privilege the privilege that the request requires
   * @throws Problem 401 or 403 if the actor has lost the access since the request began
   */
  async lockFor(privilege: Privilege): Promise<void> {
    await this.lock();
    const { actor } = this.context;
    const privileges = await this.findPrivileges(actor);
    this.context.identify({ ...actor, privileges });
    if (!privileges.has(privilege)) throw privilegeMissing([privilege]);
  }

  private async findPrivileges({ kind, userId }: Actor): Promise<ReadonlySet<Privilege>> {
    if (kind === 'apiKey') return this.apiKeys.findPrivileges(userId);
    const { user, privileges } = await this.members.get(userId);
    if (user.status !== 'active') throw userDisabled();
    return new Set(privileges);
  }

  /**
   * Refuses to grant privileges that the actor does not have.
   * @param field the request's field that grants them
   */
  assertCanGive(privileges: Iterable<Privilege>, field: RequestField): void {
    this.assertHeld(privileges, field, 'You cannot grant privileges that you do not have');
  }

  /**
   * Refuses to change a user or a role that has privileges which the actor does not have: the actor could take them
   * away, but not give them back.
   * @param field the request's field that changes them, or `id`
   */
  assertCanChange(privileges: Iterable<Privilege>, field: RequestField): void {
    this.assertHeld(privileges, field, 'You cannot change a user or a role with privileges that you do not have');
  }

  private assertHeld(privileges: Iterable<Privilege>, field: RequestField, refusal: string): void {
    const held = this.context.actor.privileges;
    const lacking = [...new Set(privileges)].filter((privilege) => !held.has(privilege)).map(privilegeLabel);
    if (lacking.length === 0) return;
    const message = `${refusal}: ${lacking.join(', ')}.`;
    throw Problem.forbidden('privilege_not_held', field, message);
  }

  /**
   * Finds the privileges that the users who can manage access can grant. Call it after `lock` and before a change, and
   * pass the result to `assertNothingLost` after the change.
   */
  findGivable(): Promise<ReadonlySet<Privilege>> {
    return this.members.findGivable(this.context.actor.accountId);
  }

  /**
   * Checks that a user who can log in can still manage access, and grant every privilege that could be granted before;
   * otherwise the account would lose it for good. Call it after the change.
   * @throws Problem 409, which rolls the change back
   */
  async assertNothingLost(before: ReadonlySet<Privilege>): Promise<void> {
    const after = await this.findGivable();
    if (!after.has(Privilege.ManageUserAccess)) {
      throw Problem.conflict(
        'last_access_manager',
        'No user could manage access after this change. First give a role with "Manage user access" to another active user who has chosen a password.',
      );
    }
    const lost = [...before].filter((privilege) => !after.has(privilege)).map(privilegeLabel);
    if (lost.length === 0) return;
    throw Problem.conflict(
      'privilege_would_be_lost',
      `No user who can manage access would have these privileges after this change: ${lost.join(', ')}.`,
    );
  }
}
