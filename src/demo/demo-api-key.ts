import { Injectable } from '@nestjs/common';
import { newApiKeyToken } from '../auth/api-keys/api-key-token';
import { ApiKeysRepository } from '../auth/api-keys/api-keys.repository';
import { DEMO_ACCOUNT, toDemoId } from './demo-accounts';

/** The API key that the contract's examples use. Its token is not known to anyone. */
@Injectable()
export class DemoApiKey {
  constructor(private readonly apiKeys: ApiKeysRepository) {}

  /** Creates the key, in the transaction that creates the account. */
  async create(createdAt: Date): Promise<void> {
    const { tokenHash, prefix } = newApiKeyToken();
    await this.apiKeys.insert({
      id: toDemoId('KEY01'),
      accountId: DEMO_ACCOUNT.id,
      name: 'nightly-export',
      tokenHash,
      prefix,
      makerId: DEMO_ACCOUNT.users[0].id,
      privileges: ['users_activity'],
      networks: ['203.0.113.0/24', '2001:db8::/32'],
      createdAt,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    });
  }
}
