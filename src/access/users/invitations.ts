import type { User } from '../members/user.entity';

/** An invitation that is on its way. */
export interface Invited {
  readonly expiresAt: Date;
  /** The outgoing mail's id. */
  readonly mailId: string;
}

/** Invites users to choose a password; sends mails, and so lives on a floor above. */
export abstract class Invitations {
  /** Queues a mail with a one-time link for the user, in the open unit of work; the links before it no longer work. */
  abstract invite(user: Pick<User, 'id' | 'accountId' | 'email' | 'name'>): Promise<Invited>;
}
