import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../idempotency/idempotency.module';
import { PageViewsController } from './page-views.controller';
import { PageViewsService } from './page-views.service';

/** Page views: frontends report the pages that users look at. */
@Module({ imports: [IdempotencyModule], controllers: [PageViewsController], providers: [PageViewsService] })
export class PageViewsModule {}
