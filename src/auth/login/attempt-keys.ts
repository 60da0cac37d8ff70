import { sha256 } from '../../lib/sha256';
import { clientNetwork } from './client-network';
import type { CountedBy } from './login-attempts.repository';

/** For whom an attempt is counted: the hashes that `LoginAttempt` holds. */
export type AttemptKeys = Readonly<Record<CountedBy, string>>;

/** The keys of an attempt with an e-mail from an address. */
export function attemptKeys(email: string, address: string | null | undefined): AttemptKeys {
  const network = clientNetwork(address);
  const canonical = canonicalEmail(email);
  return { pairKey: sha256(`${canonical} ${network}`), addressKey: sha256(network), emailKey: sha256(canonical) };
}

/** What an address is stored as. */
export function addressKeyOf(address: string): string {
  return sha256(clientNetwork(address));
}

/** An e-mail as it is compared. */
export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase();
}
