import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { SignedIn } from '../../access/guard/access-rule.decorator';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Untracked } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { BodyDtos } from '../../http/contract/body-dtos.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { UnreadBody } from '../../http/validation/read-batch';
import { Idempotent } from '../../idempotency/idempotent.decorator';
import { PageView, PageViewBatch } from './page-views.dto';
import { PageViewsService } from './page-views.service';
import { RecordedPageViews } from './page-views.view';

/** The pages that frontends of the Control Panel show to users. */
@ApiTags('Page views')
@Controller('page-views')
@SignedIn()
export class PageViewsController {
  constructor(private readonly views: PageViewsService) {}

  /**
   * Records that a frontend showed one page or up to 100 pages. Each page view becomes a row of the report, at its own
   * time. Send an `Idempotency-Key` header if you want to repeat the request after a timeout without recording the page
   * views twice.
   */
  @Post()
  @Idempotent()
  @Answers('The number of recorded page views.')
  @BodyDtos(PageView, PageViewBatch)
  @Fails('required', 'view_ambiguous', 'time_in_future', 'time_too_old')
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
