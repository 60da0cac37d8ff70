import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../guard/access-rule.decorator';
import { privilegeCatalogue, type PrivilegeCatalogue } from './privileges.view';

/** What roles may allow. */
@ApiTags('Manage user access')
@Controller('privileges')
@SignedIn()
export class PrivilegesController {
  /** Lists the privileges by section. Every role is a set of these. */
  @Get()
  list(): PrivilegeCatalogue {
    return privilegeCatalogue();
  }
}
