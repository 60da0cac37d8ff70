import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { OpaqueTokens, tokenHash } from '../../lib/secrets/opaque-tokens';
import { Invitation } from './invitation.entity';

const INVITATION_TOKENS = new OpaqueTokens('uai_');
/** Of any length: a link that a mail program cut off is an invitation that is not good, and no leaked secret. */
export const INVITATION_TOKEN = new RegExp(`^${INVITATION_TOKENS.prefix}[A-Za-z0-9_-]*$`);

/** Invitations that nobody has used. */
@Injectable()
export class InvitationsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Inserts an invitation and returns its new token, which is not stored. */
  async insert(invitation: Omit<Invitation, 'tokenHash'>): Promise<string> {
    const made = INVITATION_TOKENS.make();
    await this.unitOfWork.manager.insert(Invitation, { ...invitation, tokenHash: made.tokenHash });
    return made.token;
  }

  async findByToken(token: string): Promise<Invitation | undefined> {
    return (await this.unitOfWork.manager.findOneBy(Invitation, { tokenHash: tokenHash(token) })) ?? undefined;
  }

  /** Returns whether there was such an invitation: of several requests that use it at once, only one gets true. */
  async delete(tokenHash: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.delete(Invitation, { tokenHash });
    return affected === 1;
  }

  /** Deletes all invitations of a user, those that have expired too. */
  async deleteAll(userId: string): Promise<void> {
    await this.unitOfWork.manager.delete(Invitation, { userId });
  }
}
