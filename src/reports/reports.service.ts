import { Injectable } from '@nestjs/common';
import { RequestContext } from '../context/request-context';
import { reportsCenter, type ReportsCenter } from './reports-center.view';

/** Lists the reports that the signed-in user can build. */
@Injectable()
export class ReportsService {
  constructor(private readonly context: RequestContext) {}

  list(): ReportsCenter {
    return reportsCenter(this.context.actor.privileges);
  }
}
