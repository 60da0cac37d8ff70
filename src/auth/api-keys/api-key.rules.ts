import type { User } from '../../access/members/user.entity';
import { Problem } from '../../http/problems/problem';
import { inBody, readableName } from '../../http/problems/request-field';
import { canonicalizeNetwork } from '../../lib/network';
import { addMonths } from '../../lib/time/calendar';
import { requireInstant } from '../../lib/time/instant';
import type { ApiKey } from './api-key.entity';

export const API_KEY_STATUSES = ['active', 'expired', 'revoked', 'user_disabled'] as const;
export type ApiKeyStatus = (typeof API_KEY_STATUSES)[number];

/** The times that an API key's status depends on. */
export type ApiKeyTimes = Pick<ApiKey, 'createdAt' | 'expiresAt' | 'revokedAt'>;

/**
 * Returns whether a key works now, or why it does not. Disabling a user ends the user's keys for good, as it ends the
 * sessions: a user who is enabled again makes new ones.
 */
export function apiKeyStatus(
  { createdAt, expiresAt, revokedAt }: ApiKeyTimes,
  { status, disabledAt }: Pick<User, 'status' | 'disabledAt'>,
  now: Date,
): ApiKeyStatus {
  if (revokedAt) return 'revoked';
  if (expiresAt && expiresAt <= now) return 'expired';
  if (status !== 'active' || (disabledAt && createdAt <= disabledAt)) return 'user_disabled';
  return 'active';
}

/** Most months between the creation of an API key and its expiry. */
const MAX_MONTHS = 120;

/**
 * Returns the networks of a request in canonical form and without duplicates.
 * @throws Problem 400 that names the first text that is not a network
 */
export function readNetworks(texts: readonly string[]): string[] {
  const networks = texts.map((text, index) => {
    const network = canonicalizeNetwork(text.trim());
    const field = inBody('networks', index);
    const example = `${readableName(field)} must be a network in CIDR notation such as 203.0.113.0/24 or 2001:db8::/32.`;
    if (network === undefined) throw Problem.badRequest('network_invalid', field, example);
    return network;
  });
  return [...new Set(networks)];
}

/**
 * Returns when a new key expires; null means never.
 * @throws Problem 400 when that is in the past or more than 10 years ahead
 */
export function readExpiry(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null;
  const expiresAt = requireInstant(text);
  if (expiresAt <= now)
    throw Problem.badRequest('expiry_in_past', inBody('expiresAt'), 'expiresAt must be in the future.');
  if (expiresAt <= addMonths(now, MAX_MONTHS)) return expiresAt;
  throw Problem.badRequest('expiry_too_late', inBody('expiresAt'), 'expiresAt must be at most 10 years ahead.');
}
