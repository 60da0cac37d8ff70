import type { User } from '../../access/members/user.entity';
import { Problem } from '../../http/problems/problem';
import { inBody, readableName } from '../../http/problems/request-field';
import { canonicalNetwork } from '../../lib/network';
import { addMonths } from '../../lib/time/calendar';
import { instantOf } from '../../lib/time/instant';
import type { ApiKey } from './api-key.entity';

export const API_KEY_STATUSES = ['active', 'expired', 'revoked', 'maker_disabled'] as const;
export type ApiKeyStatus = (typeof API_KEY_STATUSES)[number];

/** What an API key's status depends on. */
export type ApiKeyTimes = Pick<ApiKey, 'createdAt' | 'expiresAt' | 'revokedAt'>;

/**
 * Whether a key works now, or why not. Like a session, it stays refused once its maker was disabled: who comes back makes
 * new ones.
 */
export function apiKeyStatus(
  { createdAt, expiresAt, revokedAt }: ApiKeyTimes,
  { status, disabledAt }: Pick<User, 'status' | 'disabledAt'>,
  now: Date,
): ApiKeyStatus {
  if (revokedAt) return 'revoked';
  if (expiresAt && expiresAt <= now) return 'expired';
  if (status !== 'active' || (disabledAt && createdAt <= disabledAt)) return 'maker_disabled';
  return 'active';
}

/** Months ahead in which a key that expires must expire. */
const MAX_MONTHS = 120;
/** The networks of a request as they are kept, each once; the first that is none is a 400 that names it. */
export function readNetworks(texts: readonly string[]): string[] {
  const networks = texts.map((text, index) => {
    const network = canonicalNetwork(text.trim());
    const field = inBody('networks', index);
    const example = `${readableName(field)} must be a network in CIDR notation such as 203.0.113.0/24 or 2001:db8::/32.`;
    if (network === undefined) throw Problem.badRequest('network_invalid', field, example);
    return network;
  });
  return [...new Set(networks)];
}

/** When a key of a request expires, null for never where it does not say; in the past or more than 10 years ahead it is a 400. */
export function readExpiry(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const expiresAt = instantOf(text)!;
  if (expiresAt <= now)
    throw Problem.badRequest('expiry_in_past', inBody('expiresAt'), 'expiresAt must be in the future.');
  if (expiresAt <= addMonths(now, MAX_MONTHS)) return expiresAt;
  throw Problem.badRequest('expiry_too_late', inBody('expiresAt'), 'expiresAt must be at most 10 years ahead.');
}
