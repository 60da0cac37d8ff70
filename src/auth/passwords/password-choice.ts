import { Injectable } from '@nestjs/common';
import { NewPassword } from '../../access/members/new-password';
import type { User } from '../../access/members/user.entity';
import { UsersRepository } from '../../access/members/users.repository';
import { InvitationsRepository } from '../invitations/invitations.repository';
import { LoginAttempts } from '../login/login-attempts';
import { SessionsRepository } from '../sessions/sessions.repository';

/** Sets a user's new password, and ends what the old one had opened. */
@Injectable()
export class PasswordChoice {
  constructor(
    private readonly users: UsersRepository,
    private readonly newPassword: NewPassword,
    private readonly sessions: SessionsRepository,
    private readonly invitations: InvitationsRepository,
    private readonly attempts: LoginAttempts,
  ) {}

  /**
   * Gives a user, whom the unit of work has locked, the password that the request brought. The user's sessions end, except
   * for the one named, and so do the invitations. API keys go on working: a change of the password revokes them on request.
   */
  async make({ id, email }: User, keptSession?: string): Promise<void> {
    await this.users.setPassword(id, this.newPassword.hash);
    await this.sessions.endAll(id, keptSession);
    await this.invitations.voidAll(id);
    await this.attempts.succeed(email);
  }
}
