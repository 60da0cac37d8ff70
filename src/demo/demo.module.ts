import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module';
import { DemoData } from './demo-data';
import { DemoShop } from './demo-shop';

/** The demo's data; no part of the service itself. */
@Module({ imports: [AccessModule], providers: [DemoData, DemoShop] })
export class DemoModule {}
