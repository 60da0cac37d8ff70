import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { RequirePrivilege } from '../guard/access-rule.decorator';
import { Privilege } from '../privileges/privilege';
import { UpdateAccount } from './account.dto';
import { AccountService } from './account.service';
import { AccountView } from './account.view';

/** The merchant's account. */
@ApiTags('Account')
@Controller('account')
@RequirePrivilege(Privilege.AccountSettings)
export class AccountController {
  constructor(private readonly account: AccountService) {}

  /**
   * Returns the account of the signed-in user. The response includes its time zone, its retention period and its
   * version.
   */
  @Answers('The account.')
  @Get()
  @TracksPage('Account settings')
  get(): Promise<AccountView> {
    return this.account.get();
  }

  /**
   * Updates the account's name, time zone or retention period. A new time zone applies immediately, also to records
   * that already exist.
   */
  @Patch()
  @Answers('The updated account.')
  @Tracked(ActivityType.AccountUpdated)
  @Fails('version_outdated')
  update(@Body() request: UpdateAccount): Promise<AccountView> {
    return this.account.update(request);
  }
}
