import type { User } from '../../access/members/user.entity';
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
