import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../access/guard/access-rule.decorator';
import { Privilege } from '../access/privileges/privilege';
import { Untracked } from '../audit/tracking/tracked.decorator';
import { Answers } from '../http/contract/answers.decorator';
import { BodyDtos } from '../http/contract/body-dtos.decorator';
import { Fails } from '../http/problems/fails.decorator';
import { BodyLimit } from '../http/server/body-limit.decorator';
import { UnreadBody } from '../http/validation/read-batch';
import { MIB } from '../lib/bytes';
import { ActivityBatch, IncomingActivity, KnownUser, NamedUser } from './activities.dto';
import { EXAMPLE_BATCH } from './example-batch';
import { IngestionResult } from './ingestion-result.view';
import { IngestionService } from './ingestion.service';

/** Activities that happened in other systems. */
@ApiTags('Ingestion')
@Controller('activities')
@RequirePrivilege(Privilege.ActivitiesWrite)
export class ActivitiesController {
  constructor(private readonly ingestion: IngestionService) {}

  /**
   * Records activities that happened in another system. A batch has 1 to 1000 records, and its body at most 5 MiB.
   * Either all records are in the report when you receive the response, or none of them is. A single invalid record
   * makes the service refuse the batch; `errors` lists every error, with a JSON pointer to its field. The service
   * identifies a record by its key and its time. If you did not receive the response, send the batch again, completely
   * or in part. You can repeat it as often as you need, from several clients at once.
   */
  @Post()
  @HttpCode(HttpStatus.OK)
  @BodyLimit(5 * MIB)
  @BodyDtos(ActivityBatch, IncomingActivity, KnownUser, NamedUser)
  @Answers('The result for each record, in the order of the batch.')
  @Fails(
    'not_a_list',
    'too_few',
    'too_many',
    'amount_invalid',
    'time_in_future',
    'time_too_old',
    'key_repeated',
    { code: 'user_not_found', status: 400, detail: 'records[0].user.id is not the id of a user of this account.' },
    'key_reused',
    'records_contended',
  )
  @Untracked('the records that it brings are the records')
  @ApiBody({ type: ActivityBatch, examples: { batch: { value: EXAMPLE_BATCH } } })
  ingest(@Body() body: UnreadBody): Promise<IngestionResult> {
    return this.ingestion.ingest(body);
  }
}
