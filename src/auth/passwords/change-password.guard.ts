import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { validBody } from '../../http/validation/valid-body';
import { ChangePassword } from './own-password.dto';
import { OwnPasswordService } from './own-password.service';

/** Has both passwords looked at before the unit of work opens. Lets everybody through: a refusal must be recorded first. */
@Injectable()
export class ChangePasswordGuard implements CanActivate {
  constructor(private readonly passwords: OwnPasswordService) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = await validBody(execution, ChangePassword);
    if (request) await this.passwords.check(request);
    return true;
  }
}
