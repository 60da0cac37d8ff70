import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '../../access/accounts/accounts.repository';
import { inCatalogueOrder } from '../../access/members/roles.repository';
import type { Privilege } from '../../access/privileges/privilege';
import { RequestContext } from '../../context/request-context';
import type { CurrentUser } from '../sessions/current-user.dto';

/** The API key that a request was signed in with, as it is shown to itself. */
@Injectable()
export class ApiKeyIdentity {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly context: RequestContext,
  ) {}

  async current(): Promise<CurrentUser> {
    const { accountId, userId, userName, privileges } = this.context.actor;
    const { id, name, timeZone } = await this.accounts.get(accountId);
    return {
      id: userId,
      email: null,
      name: userName,
      mustChangePassword: false,
      privileges: inCatalogueOrder(privileges as ReadonlySet<Privilege>),
      account: { id, name, timeZone },
    };
  }
}
