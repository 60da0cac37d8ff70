import { Injectable } from '@nestjs/common';
import { Account } from '../../access/accounts/account.entity';
import type { Privilege } from '../../access/privileges/privilege';
import { inCatalogueOrder } from '../../access/members/roles.repository';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { CurrentUser } from '../login/auth.dto';

/** The API key that a request was signed in with, as it is shown to itself. */
@Injectable()
export class ApiKeyIdentity {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
  ) {}

  async current(): Promise<CurrentUser> {
    const { accountId, userId, userName, privileges } = this.context.actor;
    const { id, name, timeZone } = await this.unitOfWork.manager.findOneByOrFail(Account, { id: accountId });
    return {
      id: userId!,
      email: null,
      name: userName,
      mustChangePassword: false,
      privileges: inCatalogueOrder(privileges as ReadonlySet<Privilege>),
      account: { id, name, timeZone },
    };
  }
}
