import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PeopleOnly, RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import type { Attempt } from '../../audit/tracking/tracked-route';
import { pathParameterOf, Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Creates } from '../../http/contract/creates.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { ApiKeyPage, ApiKeyView, CreatedApiKey } from './api-key.view';
import { ApiKeyParams, CreateApiKey } from './api-keys.dto';
import { ApiKeysService } from './api-keys.service';

/** Describes the API key that a failed or denied attempt was about. */
const describeKeyAttempt = (attempt: Attempt) => ({ details: { apiKeyId: pathParameterOf(attempt, 'id') } });

/** API keys, which programs use to act on behalf of the users who create them. */
@ApiTags('API keys')
@Controller('api-keys')
@RequirePrivilege(Privilege.ApiKeys)
@PeopleOnly()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  /** Lists the account's API keys, newest first. The list includes API keys that are no longer active. */
  @Answers('A page of API keys, without their tokens.')
  @Get()
  @TracksPage('API keys')
  list(@Query() query: PageQuery): Promise<ApiKeyPage> {
    return this.keys.list(query);
  }

  /** Returns an API key. The token is never included. */
  @Answers('The API key, without its token.')
  @Fails('api_key_not_found')
  @Get(':id')
  @TracksPage('API key')
  get(@Param() { id }: ApiKeyParams): Promise<ApiKeyView> {
    return this.keys.get(id);
  }

  /**
   * Creates an API key. Its token is returned only in this response. An API key can never have more privileges than you
   * have: it loses the privileges that you lose. If you are disabled, it stops working permanently.
   */
  @Post()
  @Answers('The new API key, with its token.')
  @Creates('id')
  @Tracked(ActivityType.ApiKeyCreated)
  @Fails('network_invalid', 'expiry_in_past', 'expiry_too_late', 'privilege_not_held', 'api_key_name_taken')
  create(@Body() request: CreateApiKey): Promise<CreatedApiKey> {
    return this.keys.create(request);
  }

  /** Revokes an API key, regardless of who created it. The service refuses its token from the next request on. */
  @Answers('The API key was revoked.')
  @Fails('api_key_not_found', 'api_key_revoked')
  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Tracked(ActivityType.ApiKeyRevoked, describeKeyAttempt)
  revoke(@Param() { id }: ApiKeyParams): Promise<void> {
    return this.keys.revoke(id);
  }
}
