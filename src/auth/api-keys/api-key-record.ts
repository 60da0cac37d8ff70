import type { ApiKey } from './api-key.entity';

/** The fields of a record about an API key: everything but its token. */
export function recordedApiKey({ id, name, prefix, privileges, networks, expiresAt }: ApiKey) {
  const details = { apiKeyId: id, prefix, privileges, networks, expiresAt: expiresAt?.toISOString() ?? null };
  return { comment: name, details };
}
