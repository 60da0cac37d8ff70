import { Injectable } from '@nestjs/common';
import { newApiKeyToken } from '../auth/api-keys/api-key-token';
import { ApiKeysRepository } from '../auth/api-keys/api-keys.repository';
import { DEMO_ACCOUNT, demoId } from './demo-accounts';

/** The API key that the contract's examples name. Nobody knows its token. */
@Injectable()
export class DemoApiKey {
  constructor(private readonly apiKeys: ApiKeysRepository) {}

  /** Makes it, in the unit of work that makes the account. */
  async make(createdAt: Date): Promise<void> {
    const { tokenHash, prefix } = newApiKeyToken();
    await this.apiKeys.insert({
      id: demoId('KEY01'),
      accountId: DEMO_ACCOUNT.id,
      name: 'nightly-export',
      tokenHash,
      prefix,
      makerId: DEMO_ACCOUNT.users[0]!.id,
      privileges: ['users_activity'],
      networks: ['203.0.113.0/24', '2001:db8::/32'],
      createdAt,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    });
  }
}
