/** The actor as it is stored in audit records. */
export interface RecordedActor {
  readonly accountId: string;
  /** Id of the user or API key; null if neither acts, as on the command line. */
  readonly userId: string | null;
  readonly userName: string;
  /** The email address of a person; null if a program acts, or if the address is unknown. */
  readonly userEmail: string | null;
}

interface Identity extends RecordedActor {
  readonly userId: string;
  readonly accountName: string;
  /** The account's IANA time zone. */
  readonly timeZone: string;
  readonly privileges: ReadonlySet<string>;
}

/** A person who works in the Control Panel. */
export interface UserActor extends Identity {
  readonly kind: 'user';
  readonly userEmail: string;
  /** Id of the session; undefined while a user logs in or accepts an invitation. */
  readonly sessionId?: string;
  /** Whether another person set the password, so that the user must change it before doing anything else. */
  readonly mustChangePassword: boolean;
}

/** A program with an API key. Audit records show it as a user with the key's name. */
export interface ApiKeyActor extends Identity {
  readonly kind: 'apiKey';
  readonly userEmail: null;
  /** Whether the request comes from outside the networks that the key is limited to, so that it must be refused. */
  readonly isOutsideNetworks: boolean;
}

/** The user or program that a request is authenticated as. */
export type Actor = UserActor | ApiKeyActor;
