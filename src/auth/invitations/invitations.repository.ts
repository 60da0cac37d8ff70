import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import { OpaqueTokens, tokenHash } from '../../lib/secrets/opaque-tokens';
import { Invitation } from './invitation.entity';

const INVITATION_TOKENS = new OpaqueTokens('uai_');
/**
 * The pattern of an invitation's token, of any length: a link that an email program cut off gets `invitation_invalid`.
 */
export const INVITATION_TOKEN = new RegExp(`^${INVITATION_TOKENS.prefix}[A-Za-z0-9_-]*$`);

/** Stores invitations until they are used, replaced or long expired. */
@Injectable()
export class InvitationsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Inserts an invitation and returns its new token, which is not stored. */
  async insert(invitation: Omit<Invitation, 'tokenHash'>): Promise<string> {
    const { token, tokenHash } = INVITATION_TOKENS.make();
    await this.unitOfWork.manager.insert(Invitation, { ...invitation, tokenHash });
    return token;
  }

  async findByToken(token: string): Promise<Invitation | undefined> {
    return (await this.unitOfWork.manager.findOneBy(Invitation, { tokenHash: tokenHash(token) })) ?? undefined;
  }

  /** Deletes an invitation, and returns whether there was one. Of several concurrent requests only one gets true. */
  async delete(tokenHash: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.delete(Invitation, { tokenHash });
    return affected === 1;
  }

  /** Deletes all invitations of a user, including expired ones. */
  async deleteAll(userId: string): Promise<void> {
    await this.unitOfWork.manager.delete(Invitation, { userId });
  }
}
