import { Controller, Get, Headers, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequirePrivilege } from '../access/guard/access-rule.decorator';
import { Privilege } from '../access/privileges/privilege';
import { ActivityType } from '../audit/catalogue/activity-type';
import { Tracked } from '../audit/tracking/tracked.decorator';
import { Answers, OperationId } from '../http/contract/answers.decorator';
import { SendsHeaders } from '../http/contract/response-headers';
import { Fails } from '../http/problems/fails.decorator';
import { AnswersHead } from '../http/server/head-routes';
import { EventStream, EVENT_STREAM_TYPE } from './event-stream';
import { EventStreamInterceptor, UNBUFFERED } from './event-stream.interceptor';
import { FeedStreams } from './feed-streams';
import { FeedQuery, StreamQuery } from './feed.dto';
import { FeedService } from './feed.service';
import { FeedPage } from './feed.view';

/** The activity feed: every record exactly once, in the order of recording. */
@ApiTags('Activity feed')
@Controller('activities')
@RequirePrivilege(Privilege.ActivityFeed)
export class FeedController {
  constructor(
    private readonly feed: FeedService,
    private readonly streams: FeedStreams,
  ) {}

  /**
   * Returns the records in the order in which they were recorded. Following `nextCursor` gives you every record that
   * matches the filter exactly once, including records that another system sends late, no matter how many processes
   * write. Store the cursor together with what you have processed, and continue from it at any later time. Reading the
   * feed is recorded once an hour for each user or API key and filter.
   */
  @Get()
  @OperationId('activities.follow')
  @Tracked(ActivityType.FeedRead)
  @Answers('The next records, and the cursor to continue with.')
  follow(
    @Query() query: FeedQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FeedPage> {
    return this.feed.page(query, request, reply);
  }

  /**
   * Streams the records as Server-Sent Events, in the order in which they were recorded. Each event `activity` has a row
   * of the feed as its data, and its id is the cursor after it. Each time everything has been sent, the event `settled`
   * says up to which time the feed can no longer change. If you lose access, the event `problem` says why the stream
   * ends. To continue after a stream has ended, send the last id as `Last-Event-ID`, as browsers do, or as `after`.
   */
  @Get('stream')
  @OperationId('activities.stream')
  @Tracked(ActivityType.FeedRead)
  @AnswersHead({ 'content-type': EVENT_STREAM_TYPE, ...UNBUFFERED })
  @UseInterceptors(EventStreamInterceptor)
  @SendsHeaders('X-Accel-Buffering')
  @ApiHeader({
    name: 'Last-Event-ID',
    description: 'The id of the last event that you have received. It takes precedence over the query.',
    required: false,
    schema: { type: 'string', maxLength: 1000, example: 'eyJzZXF1ZW5jZSI6NDJ9.q1w2e3r4t5y6u7i8' },
  })
  @ApiOkResponse({
    description: 'The records as Server-Sent Events.',
    content: {
      'text/event-stream': {
        schema: { type: 'string' },
        example:
          'id: eyJzZXF1ZW5jZSI6NDJ9.q1w2e3r4t5y6u7i8\nevent: activity\ndata: {"id":"01KAM9W3M8Q6XK2T1N9B7C5D4E","sequence":42}\n\n',
      },
    },
  })
  @Fails('too_many_streams')
  stream(
    @Query() query: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EventStream> {
    return this.streams.open(query, lastEventId, request, reply);
  }
}
