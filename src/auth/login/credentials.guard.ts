import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { validBody } from '../../http/validation/valid-body';
import { Credentials } from './auth.dto';
import { LoginService } from './login.service';

/** Checks the credentials before the transaction starts. It lets every request through: a refusal must be recorded first. */
@Injectable()
export class CredentialsGuard implements CanActivate {
  constructor(private readonly logins: LoginService) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const credentials = await validBody(execution, Credentials);
    if (credentials) await this.logins.check(credentials);
    return true;
  }
}
