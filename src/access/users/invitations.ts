import type { User } from '../members/user.entity';

/** An invitation whose email is queued. */
export interface PendingInvitation {
  readonly expiresAt: Date;
  /** Id of the queued email. */
  readonly mailId: string;
}

/** What an invitation needs to know of the user. */
export type InvitedUser = Pick<User, 'id' | 'accountId' | 'email' | 'name' | 'disabledAt'>;

/** Invites users to choose a password. `InvitationsByMail` implements it on a higher floor, which can send emails. */
export abstract class Invitations {
  /** Queues an email with a link that works once, in the open transaction. Earlier links of the user stop working. */
  abstract invite(user: InvitedUser): Promise<PendingInvitation>;
}
