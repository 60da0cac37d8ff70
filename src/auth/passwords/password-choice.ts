import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../access/members/users.repository';
import { InvitationsRepository } from '../invitations/invitations.repository';
import { SessionsRepository } from '../sessions/sessions.repository';

/** Sets a user's new password, and ends what was opened with the old one. */
@Injectable()
export class PasswordChoice {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly invitations: InvitationsRepository,
  ) {}

  /**
   * Sets the password of a user whom the open transaction has locked. The user's sessions end, except for the one to keep,
   * and so do the user's invitations. API keys go on working.
   */
  async make(userId: string, passwordHash: string, keptSession?: string): Promise<void> {
    await this.users.updatePassword(userId, passwordHash);
    await this.sessions.deleteAll(userId, keptSession);
    await this.invitations.deleteAll(userId);
  }
}
