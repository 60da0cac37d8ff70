import '../../../src/commands/allocation';
import 'reflect-metadata';
import { Body, Controller, HttpCode, HttpStatus, Module, Param, Post } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { RequirePrivilege } from '../../../src/access/guard/access-rule.decorator';
import { Privilege } from '../../../src/access/privileges/privilege';
import { createApp } from '../../../src/app';
import { Untracked } from '../../../src/audit/tracking/tracked.decorator';
import { serve } from '../../../src/commands/serve';
import { loadConfig } from '../../../src/config/config';
import { ExtendSubscription } from '../../../src/control-panel/subscriptions/subscription-actions.dto';
import { SubscriptionActionsService } from '../../../src/control-panel/subscriptions/subscription-actions.service';
import type { SubscriptionView } from '../../../src/control-panel/subscriptions/subscription.view';
import { SubscriptionParams } from '../../../src/control-panel/subscriptions/subscriptions.dto';

/** A route of the benchmark that differs from the one of the service only in that nothing is recorded. */
@Controller('untracked/subscriptions')
@RequirePrivilege(Privilege.SubscriptionManagement)
class UntrackedSubscriptionsController {
  constructor(private readonly modules: ModuleRef) {}

  @Post(':reference/extend')
  @HttpCode(HttpStatus.OK)
  @Untracked('the benchmark compares it with the tracked route')
  extend(@Param() { reference }: SubscriptionParams, @Body() request: ExtendSubscription): Promise<SubscriptionView> {
    return this.modules.get(SubscriptionActionsService, { strict: false }).extend(reference, request);
  }
}

@Module({ controllers: [UntrackedSubscriptionsController] })
class UntrackedSubscriptionsModule {}

/** Starts the service with the additional route. */
async function main(): Promise<void> {
  await serve(
    (config, options) => createApp(config, { ...options, imports: [UntrackedSubscriptionsModule] }),
    loadConfig(),
  );
}

void main();
