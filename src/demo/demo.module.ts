import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { DemoData } from './demo-data';

/** Provides the demo's data; it is not part of the service. */
@Module({
  imports: [AccessModule],
  providers: [DemoData],
})
export class DemoModule {}
