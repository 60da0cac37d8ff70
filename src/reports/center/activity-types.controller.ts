import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../../access/rules/access-rule.decorator';
import { ACTIVITY_TYPES, catalogueEntry } from '../../audit/activity-type';
import { ActivityTypeCatalogue } from './activity-types.dto';

/** The kinds of activity. */
@ApiTags('Reports')
@Controller('activity-types')
@SignedIn()
export class ActivityTypesController {
  /** Lists every kind of activity that is tracked, with what the report calls it. */
  @Get()
  list(): ActivityTypeCatalogue {
    return {
      data: ACTIVITY_TYPES.map((code) => ({
        code,
        ...catalogueEntry(code),
        columns: [...catalogueEntry(code).columns],
      })),
    };
  }
}
