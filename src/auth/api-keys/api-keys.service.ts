import { HttpStatus, Injectable } from '@nestjs/common';
import { AccessBounds } from '../../access/members/access-bounds';
import { inCatalogueOrder } from '../../access/members/roles.repository';
import { UsersRepository, type UserWithRoles } from '../../access/members/users.repository';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { CurrentActivity } from '../../audit/recording/current-activity';
import { RequestContext } from '../../context/request-context';
import { UnitOfWork } from '../../database/unit-of-work';
import type { PageQuery } from '../../http/paging/page.dto';
import { pageById } from '../../http/paging/page-by-id';
import { Problem } from '../../http/problems/problem';
import { unauthorized } from '../../http/problems/unauthorized';
import { IdSource } from '../../lib/time-ordered-id';
import { Clock } from '../../lib/time/clock';
import { loggedIn } from '../sessions/actor';
import { SESSION_ENDED } from '../sessions/session-authentication';
import { SessionsRepository } from '../sessions/sessions.repository';
import { newApiKeyToken } from './api-key-token';
import type { ApiKey } from './api-key.entity';
import { apiKeyStatus, readExpiry, readNetworks } from './api-key.rules';
import { apiKeyView, describeApiKey, type ApiKeyPage, type ApiKeyView, type CreatedApiKey } from './api-key.view';
import type { CreateApiKey } from './api-keys.dto';
import { ApiKeysRepository } from './api-keys.repository';

/** The API keys of the account. */
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
      this.bounds.assertMayGive(privileges, 'privileges');
      await this.bounds.lock();
      const maker = await this.findMaker();
      const createdAt = this.clock.now();
      const expiresAt = readExpiry(request.expiresAt, createdAt);
      await this.assertNameFree(name, createdAt);
      const { token, tokenHash, prefix } = newApiKeyToken();
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
      return { ...apiKeyView({ ...key, maker }, createdAt, this.context.actor.timeZone), token };
    });
  }

  revoke(id: string): Promise<void> {
    return this.unitOfWork.run(async () => {
      await this.bounds.lock();
      const key = await this.keys.get(this.context.actor.accountId, id);
      this.activity.describe(ActivityType.ApiKeyRevoked, describeApiKey(key));
      if (key.revokedAt) throw Problem.conflict('api_key_revoked', 'This API key was revoked already.');
      await this.keys.updateRevokedAt(id, this.clock.now());
    });
  }

  /** The user who makes the key. One who was disabled, or whose session ended, since the request began must not leave a key behind. */
  private async findMaker(): Promise<UserWithRoles> {
    const { actor } = this.context;
    const { userId, sessionId } = loggedIn(actor);
    const [maker] = await this.users.findAll(actor.accountId, [userId]);
    if (maker?.status !== 'active') throw unauthorized('user_disabled', 'The user of this session is disabled.');
    if (!(await this.sessions.exists(sessionId))) throw unauthorized('token_invalid', SESSION_ENDED);
    return maker;
  }

  private async assertNameFree(name: string, now: Date): Promise<void> {
    const named = await this.keys.findNamed(this.context.actor.accountId, name);
    if (!named.some((key) => apiKeyStatus(key, key.maker, now) === 'active')) return;
    const message = `There is an API key named "${name}" already that works: choose another name, or revoke that one first.`;
    throw Problem.ofField(HttpStatus.CONFLICT, 'api_key_name_taken', 'name', message);
  }
}
