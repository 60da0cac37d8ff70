import { Injectable } from '@nestjs/common';
import { AccessBounds } from '../../access/members/access-bounds';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Recorder } from '../../audit/recording/recorder';
import { Clock } from '../../lib/time/clock';
import { apiKeyStatus } from './api-key.rules';
import { describeApiKey } from './api-key.view';
import { ApiKeysRepository } from './api-keys.repository';

/** Revokes all API keys of a user together. */
@Injectable()
export class ApiKeyRevocation {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly bounds: AccessBounds,
    private readonly recorder: Recorder,
    private readonly clock: Clock,
  ) {}

  /** Blocks the creation of API keys in the account until the transaction ends. Call it before locking a user. */
  async lock(): Promise<void> {
    await this.bounds.lock();
  }

  /**
   * Revokes every active API key that the user created, and returns their ids. Writes one record for each key, so that
   * a report of revoked keys is complete. Call `lock` first.
   */
  async revokeAllOf(userId: string): Promise<string[]> {
    const now = this.clock.now();
    const unrevoked = await this.keys.findUnrevoked(userId);
    const active = unrevoked.filter((key) => apiKeyStatus(key, key.maker, now) === 'active');
    for (const key of active) {
      await this.keys.updateRevokedAt(key.id, now);
      const fields = describeApiKey(key);
      await this.recorder.record({ type: ActivityType.ApiKeyRevoked, outcome: 'success', fields });
    }
    return active.map(({ id }) => id);
  }
}
