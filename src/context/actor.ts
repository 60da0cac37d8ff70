/** How records name the actor. */
export interface RecordedActor {
  readonly accountId: string;
  /** Of an API key the key's own id; null for what acts without being a user, such as the command line. */
  readonly userId: string | null;
  readonly userName: string;
}

interface Identity extends RecordedActor {
  readonly userId: string;
  /** The account's IANA time zone. */
  readonly timeZone: string;
  readonly privileges: ReadonlySet<string>;
}

/** A person who works in the Control Panel. */
export interface UserActor extends Identity {
  readonly kind: 'user';
  /** The session that the request belongs to; none yet while somebody logs in or accepts an invitation. */
  readonly sessionId?: string;
  /** Whether somebody else gave the user the password, so that nothing is open but changing it. */
  readonly mustChangePassword: boolean;
}

/** A program with an API key. Records show it as a user of its own. */
export interface ApiKeyActor extends Identity {
  readonly kind: 'apiKey';
}

/** Who acts in a request. */
export type Actor = UserActor | ApiKeyActor;
