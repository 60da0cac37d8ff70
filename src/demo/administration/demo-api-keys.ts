import type { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import { createApiKeyToken } from '../../auth/api-keys/api-key-token';
import type { ApiKey } from '../../auth/api-keys/api-key.entity';
import { describeApiKey } from '../../auth/api-keys/api-key.view';
import type { SeededRandom } from '../../lib/seeded-random';
import { createKeyedId } from '../../lib/time-ordered-id';
import { DEMO_ACCOUNT, toDemoId } from '../accounts/demo-accounts';
import { failed, succeeded } from '../accounts/demo-record';

const NAMES = ['bi-dashboard', 'warehouse-sync', 'fraud-check', 'month-end'];
const PRIVILEGES: readonly Privilege[] = ['users_activity'];

/** The demo's API keys. Nobody knows their tokens. */
export class DemoApiKeys {
  readonly keys: ApiKey[] = [];

  constructor(private readonly random: SeededRandom) {}

  /** Creates the key that the contract's examples use. */
  createExample(at: Date): RecordedAction {
    return this.add({
      id: toDemoId('KEY01'),
      name: 'nightly-export',
      createdAt: at,
      networks: ['203.0.113.0/24', '2001:db8::/32'],
    });
  }

  create(at: Date): RecordedAction | undefined {
    const name = this.random.pickWhere(NAMES, (one) => !this.isTaken(one));
    if (name === undefined) return undefined;
    return this.add({ id: createKeyedId(at, `API key ${name}`), name, createdAt: at, networks: [] });
  }

  /** Tries to create a second key with the name of an active one. */
  createAgain(): RecordedAction {
    const details = { privileges: PRIVILEGES };
    return failed(ActivityType.ApiKeyCreated, 'api_key_name_taken', { comment: 'nightly-export', details });
  }

  revoke(at: Date): RecordedAction | undefined {
    const key = this.random.pickWhere(this.keys, ({ name, revokedAt }) => NAMES.includes(name) && revokedAt === null);
    if (!key) return undefined;
    key.revokedAt = at;
    return succeeded(ActivityType.ApiKeyRevoked, describeApiKey(key));
  }

  private add(named: Pick<ApiKey, 'id' | 'name' | 'createdAt' | 'networks'>): RecordedAction {
    const { tokenHash, prefix } = createApiKeyToken();
    const key: ApiKey = {
      ...named,
      accountId: DEMO_ACCOUNT.id,
      tokenHash,
      prefix,
      makerId: DEMO_ACCOUNT.users[0].id,
      privileges: PRIVILEGES,
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    };
    this.keys.push(key);
    return succeeded(ActivityType.ApiKeyCreated, describeApiKey(key));
  }

  private isTaken(name: string): boolean {
    return this.keys.some((key) => key.name === name && key.revokedAt === null);
  }
}
