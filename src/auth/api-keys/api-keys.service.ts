import { Injectable } from '@nestjs/common';
import { AccessBounds } from '../../access/members/access-bounds';
import { inCatalogueOrder } from '../../access/members/roles.repository';
import { afterDisabling } from '../../access/members/user.entity';
import { UsersRepository, type UserWithRoles } from '../../access/members/users.repository';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/page-by-id';
import { Problem } from '../../http/problems/problem';
import { inBody } from '../../http/problems/request-field';
import { unauthorized } from '../../http/problems/unauthorized';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { requireSession } from '../sessions/actor';
import { SESSION_ENDED } from '../sessions/session-authentication';
import { SessionsRepository } from '../sessions/sessions.repository';
import { createApiKeyToken } from './api-key-token';
import type { ApiKey } from './api-key.entity';
import { apiKeyStatus, readExpiry, readNetworks } from './api-key.rules';
import { apiKeyView, describeApiKey, type ApiKeyPage, type ApiKeyView, type CreatedApiKey } from './api-key.view';
import type { CreateApiKey } from './api-keys.dto';
import { ApiKeysRepository } from './api-keys.repository';

/** Lists, creates and revokes the API keys of the account. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly users: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly bounds: AccessBounds,
    private readonly unitOfWork: UnitOfWork,
    private readonly context: RequestContext,
    private readonly activity: CurrentActivity,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  list(query: PageQuery): Promise<ApiKeyPage> {
    const { accountId, timeZone } = this.context.actor;
    const now = this.clock.now();
    const read = (after: string | undefined, take: number) => this.keys.list(accountId, after, take);
    return pageById(query, ['api-keys', accountId], read, (key) => apiKeyView(key, now, timeZone));
  }

  async get(id: string): Promise<ApiKeyView> {
    const { accountId, timeZone } = this.context.actor;
    return apiKeyView(await this.keys.get(accountId, id), this.clock.now(), timeZone);
  }

  create({ name, ...request }: CreateApiKey): Promise<CreatedApiKey> {
    return this.unitOfWork.run(async () => {
      const privileges = inCatalogueOrder(request.privileges);
      this.activity.describe(ActivityType.ApiKeyCreated, { comment: name, details: { privileges } });
      const networks = readNetworks(request.networks ?? []);
      await this.bounds.lockFor(Privilege.ApiKeys);
      this.bounds.assertCanGive(privileges, inBody('privileges'));
      const maker = await this.findMaker();
      const now = this.clock.now();
      const expiresAt = readExpiry(request.expiresAt, now);
      const createdAt = afterDisabling(now, maker);
      await this.assertNameFree(name, now);
      const { token, tokenHash, prefix } = createApiKeyToken();
      const key: ApiKey = {
        id: this.ids.next(createdAt),
        accountId: maker.accountId,
        name,
        tokenHash,
        prefix,
        makerId: maker.id,
        privileges,
        networks,
        createdAt,
        expiresAt,
        lastUsedAt: null,
        revokedAt: null,
      };
      await this.keys.insert(key);
      this.activity.describe(ActivityType.ApiKeyCreated, describeApiKey(key));
      return { ...apiKeyView({ ...key, maker }, now, this.context.actor.timeZone), token };
    });
  }

  revoke(id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lockFor(Privilege.ApiKeys);
      const key = await this.keys.get(this.context.actor.accountId, id);
      this.activity.describe(ActivityType.ApiKeyRevoked, describeApiKey(key));
      if (key.revokedAt) throw Problem.conflict('api_key_revoked', 'This API key is already revoked.');
      await this.keys.updateRevokedAt(id, this.clock.now());
    });
  }

  /** Returns the user who creates the key. Refuses when the session has ended since the request began. */
  private async findMaker(): Promise<UserWithRoles> {
    const { actor } = this.context;
    const { userId, sessionId } = requireSession(actor);
    if (!(await this.sessions.exists(sessionId))) throw unauthorized('token_invalid', SESSION_ENDED);
    return this.users.get(actor.accountId, userId);
  }

  private async assertNameFree(name: string, now: Date): Promise<void> {
    const named = await this.keys.findNamed(this.context.actor.accountId, name);
    if (!named.some((key) => apiKeyStatus(key, key.maker, now) === 'active')) return;
    const message = `An active API key is already named "${name}": choose another name, or revoke that key first.`;
    throw Problem.conflict('api_key_name_taken', message, inBody('name'));
  }
}
