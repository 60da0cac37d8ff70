import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { Idempotent } from '../../idempotency/idempotent.decorator';
import { OrderParams } from '../sales/order-params.dto';
import { describeCancellationAttempt, describeRefundAttempt } from './describe-refund-attempt';
import { RefundPage, RefundView } from './refund.view';
import { CancelRefund, RequestRefund } from './refunds.dto';
import { RefundsService } from './refunds.service';

/** Valid request bodies, for the examples of the contract. */
const ALL = { reason: 'shopper_request', comment: 'Customer request' };
const A_PART = { ...ALL, amount: '19.90' };
const THE_ONLY_ONE = { comment: 'Customer keeps the product' };

/** Refunds of orders. */
@ApiTags('Refunds')
@Controller('orders/:reference')
@RequirePrivilege(Privilege.Refunds)
export class RefundsController {
  constructor(private readonly refunds: RefundsService) {}

  /** Lists the refunds of an order, newest first. The list includes canceled and processed refunds. */
  @Answers('A page of refunds.')
  @Fails('order_not_found')
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
   * refund of everything that is left has all remaining fees deducted. A refund of more than what is left is refused
   * with 422 `refund_exceeds_rest`.
   */
  @Post('refund')
  @Idempotent()
  @Answers('The requested refund.')
  @Tracked(ActivityType.RefundRequested, describeRefundAttempt)
  @Fails(
    'amount_invalid',
    'amount_or_lines',
    'order_not_found',
    'order_not_finished',
    'order_fully_refunded',
    'refund_exceeds_rest',
    'order_line_unknown',
    'refund_of_nothing',
  )
  @ApiBody({
    type: RequestRefund,
    examples: { amount: { summary: 'A part', value: A_PART }, all: { summary: 'All that is left', value: ALL } },
  })
  request(@Param() { reference }: OrderParams, @Body() request: RequestRefund): Promise<RefundView> {
    return this.refunds.request(reference, request);
  }

  /** Cancels a requested refund. Its amount can then be refunded again. */
  @Answers('The canceled refund.')
  @Fails(
    'order_not_found',
    'refund_not_found',
    'refund_ambiguous',
    'refund_processed',
    'refund_canceled',
    'refund_not_requested',
  )
  @Post('refund/cancel')
  @HttpCode(HttpStatus.OK)
  @Tracked(ActivityType.RefundCanceled, describeCancellationAttempt)
  @ApiBody({ type: CancelRefund, examples: { only: { summary: 'The only open one', value: THE_ONLY_ONE } } })
  cancel(@Param() { reference }: OrderParams, @Body() request: CancelRefund): Promise<RefundView> {
    return this.refunds.cancel(reference, request);
  }
}
