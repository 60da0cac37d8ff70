import { Module } from '@nestjs/common';
import { ActivitiesModule } from '../activities/activities.module';
import { AuthModule } from '../auth/auth.module';
import { FeedPositions } from './feed-position';
import { FeedReader } from './feed-reader';
import { FeedRecords } from './feed-records';
import { FeedRequests } from './feed-requests';
import { FeedStreams } from './feed-streams';
import { FeedController } from './feed.controller';
import { FeedService } from './feed.service';
import { Followers } from './followers';
import { LedgerWatch } from './ledger-watch';
import { StreamSlots } from './stream-slots';

/** The activity feed: polling and streaming the ledger of records. */
@Module({
  imports: [ActivitiesModule, AuthModule],
  controllers: [FeedController],
  providers: [
    FeedPositions,
    FeedReader,
    FeedRecords,
    FeedRequests,
    FeedService,
    FeedStreams,
    Followers,
    LedgerWatch,
    StreamSlots,
  ],
})
export class FeedModule {}
