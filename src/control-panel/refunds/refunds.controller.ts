import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { ApiConflict } from '../../http/contract/api-conflict.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Idempotent } from '../../idempotency/idempotent.decorator';
import { describeOrderAttempt } from '../sales/describe-order-attempt';
import { OrderParams } from '../sales/order-params.dto';
import { RefundPage, RefundView } from './refund.view';
import { CancelRefund, RequestRefund } from './refunds.dto';
import { RefundsService } from './refunds.service';

/** Valid request bodies, for the examples of the contract. */
const ALL = { reason: 'customer_request', comment: 'Customer request' };
const A_PART = { ...ALL, amount: '19.90' };
const THE_ONLY_ONE = { comment: 'Customer keeps the product' };

/** Refunds of orders. */
@ApiTags('Refunds')
@Controller('orders/:reference')
@RequirePrivilege(Privilege.Refunds)
export class RefundsController {
  constructor(private readonly refunds: RefundsService) {}

  /** Lists the refunds of an order, newest first. */
  @Get('refunds')
  @TracksPage('Refunds')
  list(@Param() { reference }: OrderParams, @Query() query: PageQuery): Promise<RefundPage> {
    return this.refunds.list(reference, query);
  }

  /**
   * Requests a refund of a finished order. The service processes the refund after 30 minutes. Until then, you can
   * cancel it.
   *
   * Without `amount` and `lines`, the refund covers everything that is left of the order. The shopper gets back the
   * requested amount minus the non-refundable fees. For `lines`, the fee is the line's fee in proportion to the units.
   * For an `amount`, it is the remaining fees in proportion to the remaining amount. Fees are rounded down, and a
   * refund of everything that is left keeps back all remaining fees. A refund of more than what is left is refused with
   * 422 `refund_exceeds_rest`.
   */
  @Post('refund')
  @Idempotent()
  @Tracked(ActivityType.RefundRequested, describeOrderAttempt)
  @ApiBody({
    type: RequestRefund,
    examples: { amount: { summary: 'A part', value: A_PART }, all: { summary: 'All that is left', value: ALL } },
  })
  @ApiConflict('order_not_finished', 'order_fully_refunded')
  @ApiUnprocessableEntityResponse({
    description: 'The order has not that much: `refund_exceeds_rest`, `order_line_unknown`, `refund_of_nothing`.',
  })
  request(@Param() { reference }: OrderParams, @Body() request: RequestRefund): Promise<RefundView> {
    return this.refunds.request(reference, request);
  }

  /** Cancels a requested refund. Its amount can then be refunded again. */
  @Post('refund/cancel')
  @HttpCode(HttpStatus.OK)
  @Tracked(ActivityType.RefundCanceled, describeOrderAttempt)
  @ApiBody({ type: CancelRefund, examples: { only: { summary: 'The only open one', value: THE_ONLY_ONE } } })
  @ApiConflict('refund_ambiguous', 'refund_processed', 'refund_canceled', 'refund_not_requested')
  cancel(@Param() { reference }: OrderParams, @Body() request: CancelRefund): Promise<RefundView> {
    return this.refunds.cancel(reference, request);
  }
}
