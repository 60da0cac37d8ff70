import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { validBody } from '../../http/validation/valid-body';
import { NewPassword } from '../members/new-password';
import { randomPassword } from '../members/password';
import { CreateUser } from './users.dto';

/** Has the first password of a user hashed; whoever is invited instead gets one that nobody knows. Lets everybody through. */
@Injectable()
export class NewUserGuard implements CanActivate {
  constructor(private readonly newPassword: NewPassword) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const user = await validBody(execution, CreateUser);
    if (user) await this.newPassword.prepare(user.password ?? randomPassword());
    return true;
  }
}
