import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import type { RequestField } from '../../http/problems/request-field';
import { AccountsRepository } from '../accounts/accounts.repository';
import { Privilege, privilegeLabel } from '../privileges/privilege';
import { MembersRepository } from './members.repository';

/** What no change of users and roles may break. */
@Injectable()
export class AccessBounds {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly members: MembersRepository,
    private readonly context: RequestContext,
  ) {}

  /**
   * Locks the access of an account until the transaction ends, so that each change sees what the one before left.
   * @param accountId the account of the request's actor, if it is left out
   */
  async lock(accountId = this.context.actor.accountId): Promise<void> {
    await this.accounts.lock(accountId);
  }

  /**
   * Refuses to give out privileges that the actor does not hold.
   * @param field what the request calls the user, the role or the list that would get them
   */
  assertMayGive(privileges: Iterable<Privilege>, field: RequestField): void {
    this.assertHeld(privileges, field, "You can't give out what you don't hold yourself");
  }

  /**
   * Refuses to change a user or a role that has privileges which the actor does not hold: the actor could take them away, but
   * not give them back.
   * @param field what the request changes, or `id` where it is about the whole
   */
  assertMayChange(privileges: Iterable<Privilege>, field: RequestField): void {
    this.assertHeld(privileges, field, "You can't change who or what holds privileges that you don't hold yourself");
  }

  private assertHeld(privileges: Iterable<Privilege>, field: RequestField, refusal: string): void {
    const held = this.context.actor.privileges;
    const lacking = [...new Set(privileges)].filter((privilege) => !held.has(privilege)).map(privilegeLabel);
    if (lacking.length === 0) return;
    const message = `${refusal}: ${lacking.join(', ')}.`;
    throw Problem.forbidden('privilege_not_held', field, message);
  }

  /**
   * Returns what the users who can manage access could give out before a change. Call it after `lock`, and hand the result to
   * `assertNothingLost` after the change.
   */
  givable(): Promise<ReadonlySet<Privilege>> {
    return this.members.findGivable(this.context.actor.accountId);
  }

  /**
   * Somebody must always be able to manage access, and to give out every privilege that could be given out before:
   * otherwise it would be lost for good. To be called after a change, which it undoes by failing.
   */
  async assertNothingLost(before: ReadonlySet<Privilege>): Promise<void> {
    const after = await this.givable();
    if (!after.has(Privilege.ManageUserAccess)) {
      throw Problem.conflict(
        'last_access_manager',
        'Nobody could manage access any more: give another active user a role with "Manage user access" first.',
      );
    }
    const lost = [...before].filter((privilege) => !after.has(privilege)).map(privilegeLabel);
    if (lost.length === 0) return;
    throw Problem.conflict(
      'privilege_would_be_lost',
      `Nobody who manages access would hold these any more, so nobody could give them out: ${lost.join(', ')}.`,
    );
  }
}
