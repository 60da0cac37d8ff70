import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { fitted } from '../../common/fitted';
import { IdSource } from '../../common/time-ordered-id';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import { UnknownLogin } from './unknown-login.entity';

/** Failed logins with e-mails that no user has. */
@Injectable()
export class UnknownLogins {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Notes the login of this request: a transaction with one insert, as the record of a known user's failed login is. */
  async note(): Promise<void> {
    const { ipAddress, userAgent, requestId } = this.context.origin ?? {};
    const login: UnknownLogin = {
      id: this.ids.next(this.clock.now()),
      ipAddress: fitted(ipAddress, 45),
      userAgent: fitted(userAgent, 512),
      requestId: fitted(requestId, 64),
    };
    await this.unitOfWork.run(() => this.unitOfWork.manager.insert(UnknownLogin, login));
  }
}
