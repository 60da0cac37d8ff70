import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LoginService } from './login.service';

/** Has the credentials checked before the unit of work opens. Lets everybody through: a refusal must be recorded first. */
@Injectable()
export class CredentialsGuard implements CanActivate {
  constructor(private readonly logins: LoginService) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const { body } = execution.switchToHttp().getRequest<FastifyRequest>();
    const { email, password } = (body ?? {}) as Record<string, unknown>;
    // What is not a text is not a credential either; the validation refuses it just after.
    if (
      typeof email === 'string' &&
      email.trim().length <= 254 &&
      typeof password === 'string' &&
      password.length <= 128
    )
      await this.logins.check(email, password);
    return true;
  }
}
