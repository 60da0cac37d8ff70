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
import { describeOrderAttempt } from '../sales/describe-order-attempt';
import { OrderParams } from '../sales/order-params.dto';
import { RefundPage, RefundView } from './refund.view';
import { CancelRefund, RequestRefund } from './refunds.dto';
import { RefundsService } from './refunds.service';

/** Bodies that work as they stand. */
const ALL = { reason: 'customer_request', comment: 'Customer request' };
const A_PART = { ...ALL, amount: '19.90' };
const THE_ONLY_ONE = { comment: 'Customer keeps the product' };

/** Refunds: money that goes back to the shopper of an order. */
@ApiTags('Refunds')
@Controller('orders/:reference')
@RequirePrivilege(Privilege.Refunds)
export class RefundsController {
  constructor(private readonly refunds: RefundsService) {}

  /** Lists an order's refunds, newest first. Canceled ones are listed too. */
  @Answers('A page of refunds.')
  @Fails('order_not_found')
  @Get('refunds')
  @TracksPage('Refunds')
  list(@Param() { reference }: OrderParams, @Query() query: PageQuery): Promise<RefundPage> {
    return this.refunds.list(reference, query);
  }

  /**
   * Requests a refund of a finished order. It is processed after 30 minutes; until then it may be canceled.
   *
   * Without `amount` and `lines` it takes everything that is left of the order. What goes back to the shopper is the
   * requested amount less the non-refundable fees: of `lines`, as much of a line's fee as they are of its pieces; of an
   * `amount`, as much of the fees that are left as it is of the amount that is left. Fees are rounded down, and whichever
   * refund takes the rest of the order keeps back the fees that are left. More than is left is a 422 `refund_exceeds_rest`.
   */
  @Post('refund')
  @Idempotent()
  @Answers('The requested refund.')
  @Tracked(ActivityType.RefundRequested, describeOrderAttempt)
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

  /** Cancels a requested refund. Its part of the order is left to refund again. */
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
  @Tracked(ActivityType.RefundCanceled, describeOrderAttempt)
  @ApiBody({ type: CancelRefund, examples: { only: { summary: 'The only open one', value: THE_ONLY_ONE } } })
  cancel(@Param() { reference }: OrderParams, @Body() request: CancelRefund): Promise<RefundView> {
    return this.refunds.cancel(reference, request);
  }
}
