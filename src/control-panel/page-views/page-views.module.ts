import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../../idempotency/idempotency.module';
import { PageViewsController } from './page-views.controller';
import { PageViewsService } from './page-views.service';

/** What users look at in frontends of the Control Panel. */
@Module({ imports: [IdempotencyModule], controllers: [PageViewsController], providers: [PageViewsService] })
export class PageViewsModule {}
