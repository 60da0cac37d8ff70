import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers } from '../../http/contract/answers.decorator';
import { SignedIn } from '../guard/access-rule.decorator';
import { privilegeCatalogue, type PrivilegeCatalogue } from './privileges.view';

/** The privileges that roles can grant. */
@ApiTags('Manage user access')
@Controller('privileges')
@SignedIn()
export class PrivilegesController {
  /** Lists all privileges, grouped by section. A role grants a subset of them. */
  @Get()
  @Answers('All privileges, by section.')
  list(): PrivilegeCatalogue {
    return privilegeCatalogue();
  }
}
