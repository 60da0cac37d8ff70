import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../access/members/users.repository';
import { InvitationsRepository } from '../invitations/invitations.repository';
import { SessionsRepository } from '../sessions/sessions.repository';

/** Sets a user's new password, and ends the sessions and invitations that existed before. */
@Injectable()
export class PasswordSetter {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly invitations: InvitationsRepository,
  ) {}

  /**
   * Sets the password of a user whom the open transaction has locked, ends the user's sessions except the one to keep,
   * and deletes the user's invitations. API keys keep working.
   */
  async set(userId: string, passwordHash: string, keptSession?: string): Promise<void> {
    await this.users.updatePassword(userId, passwordHash);
    await this.sessions.deleteAll(userId, keptSession);
    await this.invitations.deleteAll(userId);
  }
}
