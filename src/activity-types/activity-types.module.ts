import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ActivityTypesController } from './activity-types.controller';
import { ActivityTypesService } from './activity-types.service';

/** What activities there are to record and to report: the built-in types, and the account's own. */
@Module({ imports: [AccessModule], controllers: [ActivityTypesController], providers: [ActivityTypesService] })
export class ActivityTypesModule {}
