import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { SignedIn } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Untracked } from '../../audit/tracking/tracked.decorator';
import { UnreadBody } from '../../http/validation/read-batch';
import { Idempotent } from '../../idempotency/idempotent.decorator';
import { PageView, PageViewBatch } from './page-views.dto';
import { PageViewsService } from './page-views.service';
import { RecordedPageViews } from './page-views.view';

/** What users look at in frontends of the Control Panel. */
@ApiTags('Page views')
@Controller('page-views')
@SignedIn()
export class PageViewsController {
  constructor(private readonly views: PageViewsService) {}

  /**
   * Records that a frontend showed a page, or a flow of up to 100 pages, each at its own time. Every view is a row of the
   * report. With an Idempotency-Key a batch can be sent again after a timeout without being recorded twice.
   */
  @Post()
  @Idempotent()
  @Untracked('the views that it brings are the records')
  @ApiExtension('x-activity', ActivityType.PageAccessed)
  @ApiExtraModels(PageView, PageViewBatch)
  @ApiBody({
    schema: { oneOf: [{ $ref: getSchemaPath(PageView) }, { $ref: getSchemaPath(PageViewBatch) }] },
    examples: {
      one: { summary: 'One page, shown now', value: { page: '/orders/2000001', title: 'Order 2000001' } },
      several: {
        summary: 'Several pages, each with a viewedAt if it was not shown now',
        value: { views: [{ page: '/orders', title: 'Orders' }, { page: '/orders/2000001' }] },
      },
    },
  })
  record(@Body() body: UnreadBody): Promise<RecordedPageViews> {
    return this.views.record(body);
  }
}
