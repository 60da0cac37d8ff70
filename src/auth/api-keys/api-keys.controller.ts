import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeopleOnly, RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { attemptedParameter, Tracked, TracksPage, type Attempt } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { ApiKeyPage, ApiKeyView, CreatedApiKey } from './api-key.view';
import { ApiKeyParams, CreateApiKey } from './api-keys.dto';
import { ApiKeysService } from './api-keys.service';

/** What a failed or denied attempt says of the key that it was about. */
const describeKeyAttempt = (attempt: Attempt) => ({ details: { apiKeyId: attemptedParameter(attempt, 'id') } });

/** What programs sign in with, on behalf of the users who make them. */
@ApiTags('API keys')
@Controller('api-keys')
@RequirePrivilege(Privilege.ApiKeys)
@PeopleOnly()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  /** Lists the account's API keys, newest first. Keys that are expired or revoked stay in the list. */
  @Answers('A page of API keys, without their tokens.')
  @Get()
  @TracksPage('API keys')
  list(@Query() query: PageQuery): Promise<ApiKeyPage> {
    return this.keys.list(query);
  }

  /** Shows one API key. Its token is shown only once, when the key is made. */
  @Answers('The API key, without its token.')
  @Fails('api_key_not_found')
  @Get(':id')
  @TracksPage('API key')
  get(@Param() { id }: ApiKeyParams): Promise<ApiKeyView> {
    return this.keys.get(id);
  }

  /**
   * Makes an API key. Its token is in this answer alone. It never may more than you may: what you lose, it loses, and when
   * you are disabled it stops working for good.
   */
  @Post()
  @Answers('The new API key, with the token that is shown only here.')
  @Tracked(ActivityType.ApiKeyCreated)
  @Fails('network_invalid', 'expiry_in_past', 'expiry_too_late', 'privilege_not_held', 'api_key_name_taken')
  create(@Body() request: CreateApiKey): Promise<CreatedApiKey> {
    return this.keys.create(request);
  }

  /** Revokes an API key, whoever made it. It is refused from now on, everywhere. */
  @Answers('The API key is revoked.')
  @Fails('api_key_not_found', 'api_key_revoked')
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Tracked(ActivityType.ApiKeyRevoked, describeKeyAttempt)
  revoke(@Param() { id }: ApiKeyParams): Promise<void> {
    return this.keys.revoke(id);
  }
}
