import { Injectable } from '@nestjs/common';
import { UsersRepository } from '../../../access/members/users.repository';
import { ActivityCatalogue } from '../../../audit/catalogue/activity-catalogue';
import { ApiKeysRepository } from '../../../auth/api-keys/api-keys.repository';
import { RequestContext } from '../../../context/request-context';
import { partsOf } from '../../../lib/elements';
import { Clock } from '../../../lib/time/clock';
import { filterChoices, type FilterChoices } from './filter-choices.view';
import { ActorsWithActivities } from './actors-with-activities';

/** Number of ids in one statement. */
const IDS_AT_ONCE = 500;

/** Lists the values to choose from for the filter of the report. */
@Injectable()
export class FilterChoicesService {
  constructor(
    private readonly context: RequestContext,
    private readonly actorsWithActivities: ActorsWithActivities,
    private readonly users: UsersRepository,
    private readonly apiKeys: ApiKeysRepository,
    private readonly catalogue: ActivityCatalogue,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<FilterChoices> {
    const { accountId, timeZone } = this.context.actor;
    const users = await this.findAll('users', (ids) => this.users.findAll(accountId, ids));
    const apiKeys = await this.findAll('api_keys', (ids) => this.apiKeys.findAll(accountId, ids));
    return filterChoices(users, apiKeys, await this.catalogue.load(accountId), timeZone, this.clock.now());
  }

  private async findAll<Row>(
    table: 'users' | 'api_keys',
    find: (ids: readonly string[]) => Promise<Row[]>,
  ): Promise<Row[]> {
    const ids = await this.actorsWithActivities.find(table, this.context.actor.accountId);
    const rows: Row[] = [];
    for (const some of partsOf(ids, IDS_AT_ONCE)) rows.push(...(await find(some)));
    return rows;
  }
}
