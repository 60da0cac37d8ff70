import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work';
import type { ApiKey } from './api-key.entity';
import { ApiKeysRepository } from './api-keys.repository';

/** A use so soon after another one is not noted. */
const MINUTE = 60_000;

/** When keys were last used. */
@Injectable()
export class ApiKeyUses {
  private readonly logger = new Logger(ApiKeyUses.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** Notes a use, apart from what the request goes on to do. A request never fails by it: the next one tries again. */
  async note({ id, lastUsedAt }: ApiKey, now: Date): Promise<void> {
    const latest = new Date(now.getTime() - MINUTE);
    if (lastUsedAt && lastUsedAt > latest) return;
    try {
      await this.unitOfWork.commitSeparately(() => this.keys.updateLastUsedAt(id, latest, now));
    } catch (error) {
      this.logger.warn(error);
    }
  }
}
