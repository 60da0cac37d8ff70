import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { UnitOfWork } from '../../database/unit-of-work';
import { sha256 } from '../../lib/sha256';
import { Invitation } from './invitation.entity';

/** How the token of a link begins, so that a leaked one can be recognised. */
const INVITATION_TOKEN_PREFIX = 'uai_';
/** Of any length: a link that a mail program cut off is an invitation that is not good, and no leaked secret. */
export const INVITATION_TOKEN = new RegExp(`^${INVITATION_TOKEN_PREFIX}[A-Za-z0-9_-]*$`);

/** Invitations that nobody has used. */
@Injectable()
export class InvitationsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Makes a user's only invitation and answers its token, which is not stored. */
  async open(invitation: Omit<Invitation, 'tokenHash'>): Promise<string> {
    await this.voidAll(invitation.userId);
    const token = INVITATION_TOKEN_PREFIX + randomBytes(32).toString('base64url');
    await this.unitOfWork.manager.insert(Invitation, { ...invitation, tokenHash: sha256(token) });
    return token;
  }

  find(token: string): Promise<Invitation | null> {
    return this.unitOfWork.manager.findOneBy(Invitation, { tokenHash: sha256(token) });
  }

  /** Uses an invitation up. Of several who do it at once, only one is told that it was there. */
  async use(tokenHash: string): Promise<boolean> {
    const { affected } = await this.unitOfWork.manager.delete(Invitation, { tokenHash });
    return affected === 1;
  }

  /** Also those that have expired. */
  async voidAll(userId: string): Promise<void> {
    await this.unitOfWork.manager.delete(Invitation, { userId });
  }
}
