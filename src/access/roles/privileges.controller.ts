import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers } from '../../http/contract/answers.decorator';
import { SignedIn } from '../guard/access-rule.decorator';
import { privilegeCatalogue, type PrivilegeCatalogue } from './privileges.view';

/** What roles may allow. */
@ApiTags('Manage user access')
@Controller('privileges')
@SignedIn()
export class PrivilegesController {
  /** Lists the privileges by section. Every role is a set of these. */
  @Get()
  @Answers('All privileges, by section.')
  list(): PrivilegeCatalogue {
    return privilegeCatalogue();
  }
}
