import type { User } from '../members/user.entity';

/** An invitation whose mail was queued. */
export interface Invited {
  readonly expiresAt: Date;
  /** The outgoing mail's id. */
  readonly mailId: string;
}

/** Invites users to choose a password. Implemented on a higher floor, which can send mail. */
export abstract class Invitations {
  /** Queues a mail with a link that works once, in the open transaction. Earlier links of the user stop working. */
  abstract invite(user: Pick<User, 'id' | 'accountId' | 'email' | 'name'>): Promise<Invited>;
}
