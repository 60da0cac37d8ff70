import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBody, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { RequirePrivilege } from '../access/guard/access-rule.decorator';
import { Privilege } from '../access/privileges/privilege';
import { Untracked } from '../audit/tracking/tracked.decorator';
import { ApiConflict } from '../http/contract/api-conflict.decorator';
import { BodyLimit } from '../http/server/body-limit.decorator';
import { UnreadBody } from '../http/validation/read-batch';
import { MIB } from '../lib/bytes';
import { ActivityBatch } from './activities.dto';
import { EXAMPLE_BATCH } from './example-batch';
import { IngestionResult } from './ingestion-result.view';
import { IngestionService } from './ingestion.service';

/** Activities of other systems. */
@ApiTags('Ingestion')
@Controller('activities')
@RequirePrivilege(Privilege.ActivitiesWrite)
export class ActivitiesController {
  constructor(private readonly ingestion: IngestionService) {}

  /**
   * Records what happened in another system: 1 to 1000 records in a body of at most 5 MiB. Either all of them are in the
   * report when the answer comes, or none is; one record that is not valid refuses the batch, and `errors` names everything
   * that is wrong with it by JSON pointer. A record is known by its key and its time, so a batch whose answer was lost may be
   * repeated, whole or in part, as often as it takes, and from several clients at once.
   */
  @Post()
  @HttpCode(HttpStatus.OK)
  @BodyLimit(5 * MIB)
  @Untracked('the records that it brings are the records')
  @ApiBody({ type: ActivityBatch, examples: { batch: { value: EXAMPLE_BATCH } } })
  @ApiConflict('key_reused')
  @ApiUnprocessableEntityResponse({ description: 'A text looks like a full card number or a token.' })
  ingest(@Body() body: UnreadBody): Promise<IngestionResult> {
    return this.ingestion.ingest(body);
  }
}
