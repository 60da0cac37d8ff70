import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../access/guard/access-rule.decorator';
import { TracksPage } from '../audit/tracking/tracked.decorator';
import { Answers } from '../http/contract/answers.decorator';
import { ReportsCenter } from './reports-center.view';
import { ReportsService } from './reports.service';

/** The Reports center. */
@ApiTags('Reports')
@Controller('reports')
@SignedIn()
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  /** Lists the reports that the signed-in user can build. */
  @Answers('The reports.')
  @Get()
  @TracksPage('Reports center')
  list(): ReportsCenter {
    return this.reports.list();
  }
}
