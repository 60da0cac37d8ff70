import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import type { ApiKey } from './api-key.entity';
import { ApiKeysRepository } from './api-keys.repository';

/** The last use of a key is saved at most once in this many milliseconds. */
const MINUTE = 60_000;

/** Saves when API keys were last used. */
@Injectable()
export class ApiKeyUses {
  private readonly logger = new Logger(ApiKeyUses.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** Saves the use of a key in a transaction of its own. A failure is only logged: the next request saves it again. */
  async save({ id, lastUsedAt }: Pick<ApiKey, 'id' | 'lastUsedAt'>, now: Date): Promise<void> {
    const latest = new Date(now.getTime() - MINUTE);
    if (lastUsedAt && lastUsedAt > latest) return;
    try {
      await this.unitOfWork.commitSeparately(() => this.keys.updateLastUsedAt(id, latest, now));
    } catch (error) {
      this.logger.warn(error);
    }
  }
}
