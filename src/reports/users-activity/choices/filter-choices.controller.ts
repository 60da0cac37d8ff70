import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../../access/guard/access-rule.decorator';
import { Privilege } from '../../../access/privileges/privilege';
import { TracksPage } from '../../../audit/tracking/tracked.decorator';
import { Answers, OperationId } from '../../../http/contract/answers.decorator';
import { FilterChoicesService } from './filter-choices.service';
import { FilterChoices } from './filter-choices.view';

/** The values to choose from for the filter of the Users activity report. */
@ApiTags('Reports')
@Controller('reports')
@RequirePrivilege(Privilege.UsersActivity)
export class FilterChoicesController {
  constructor(private readonly choices: FilterChoicesService) {}

  /**
   * Lists the filter values that a screen can offer for the Users activity report. Users and API keys are those with at
   * least one activity, including former ones. The list is not paged. The request is recorded as a view of the page
   * `Users activity`.
   */
  @Get('users-activity/filters')
  @OperationId('reports.usersActivityFilters')
  @Answers('The values to choose from.')
  @TracksPage('Users activity')
  usersActivityFilters(): Promise<FilterChoices> {
    return this.choices.list();
  }
}
