import { Injectable } from '@nestjs/common';
import { ActivityCatalogue } from '../../audit/catalogue/activity-catalogue';
import { RequestContext } from '../../context/request-context';
import { Problem } from '../../http/problems/problem';
import { inPath } from '../../http/problems/request-field';
import { ActivityReader } from '../users-activity/reading/activity.reader';
import type { ActivityQuery } from './activities.dto';
import { recordedActivity, type RecordedActivity } from './activity.view';

/** Returns single activities of the account. */
@Injectable()
export class RecordedActivitiesService {
  constructor(
    private readonly context: RequestContext,
    private readonly catalogue: ActivityCatalogue,
    private readonly reader: ActivityReader,
  ) {}

  async get(id: string, query: ActivityQuery): Promise<RecordedActivity> {
    const { accountId, timeZone } = this.context.actor;
    const activity = await this.reader.find(accountId, id);
    if (!activity) throw Problem.notFound('activity_not_found', inPath('id'), 'There is no activity with this id.');
    return recordedActivity(activity, query.timeZone ?? timeZone, await this.catalogue.load(accountId));
  }
}
