import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ActivityTypesController } from './activity-types.controller';
import { ActivityTypesService } from './activity-types.service';

/** Activity types over HTTP: the built-in ones, and those that accounts register. */
@Module({ imports: [AccessModule], controllers: [ActivityTypesController], providers: [ActivityTypesService] })
export class ActivityTypesModule {}
