import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { ActivitiesController } from './activities.controller';
import { IncomingRecords } from './incoming-records';
import { IngestionService } from './ingestion.service';
import { RecordedActivitiesRepository } from './recorded-activities.repository';

/** Records that other systems send. */
@Module({
  imports: [AccessModule],
  controllers: [ActivitiesController],
  providers: [IncomingRecords, IngestionService, RecordedActivitiesRepository],
})
export class IngestionModule {}
