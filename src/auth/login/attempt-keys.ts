import { sha256 } from '../../lib/sha256';
import { clientNetwork } from './client-network';
import type { AttemptKeyName } from './login-attempts.repository';

/** The hashes by which a login attempt is counted, as `LoginAttempt` stores them. */
export type AttemptKeys = Readonly<Record<AttemptKeyName, string>>;

/** Returns the keys of an attempt with this email address from this IP address. */
export function attemptKeys(email: string, address: string | null | undefined): AttemptKeys {
  const network = clientNetwork(address);
  const canonical = canonicalEmail(email);
  return { pairKey: sha256(`${canonical} ${network}`), addressKey: sha256(network), emailKey: sha256(canonical) };
}

/** Returns the hash under which an IP address is stored. */
export function addressKeyOf(address: string): string {
  return sha256(clientNetwork(address));
}

/** Returns an email address in the form in which addresses are compared. */
export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase();
}
