import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { DemoActivityTypes } from './demo-activity-types';
import { DemoApiKey } from './demo-api-key';
import { DemoData } from './demo-data';
import { DemoShop } from './demo-shop';
import { DemoTemplates } from './demo-templates';

/** The demo's data; no part of the service itself. */
@Module({ imports: [AccessModule], providers: [DemoActivityTypes, DemoApiKey, DemoData, DemoShop, DemoTemplates] })
export class DemoModule {}
