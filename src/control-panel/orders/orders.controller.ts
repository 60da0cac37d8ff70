import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { attemptedComment, Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { Idempotent } from '../../idempotency/idempotent.decorator';
import { OrderParams } from '../sales/order-params.dto';
import { OrderPage, OrderView } from './order.view';
import { OrdersQuery, PlaceOrder } from './orders.dto';
import { OrdersService } from './orders.service';

/** Orders on behalf of shoppers. */
@ApiTags('Orders')
@Controller('orders')
@RequirePrivilege(Privilege.Orders)
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  /** Lists the account's orders, newest first. Its lines and its invoice come with the order itself. */
  @Answers('A page of orders.')
  @Get()
  @TracksPage('Orders')
  list(@Query() query: OrdersQuery): Promise<OrderPage> {
    return this.orders.list(query);
  }

  /** Shows one order. It comes with its lines, and with the number of its invoice once it is paid. */
  @Answers('The order with its lines.')
  @Fails('order_not_found')
  @Get(':reference')
  @TracksPage('Order')
  get(@Param() { reference }: OrderParams): Promise<OrderView> {
    return this.orders.get(reference);
  }

  /**
   * Places an order on behalf of a shopper. It charges the card, issues the invoice, and begins a subscription for each
   * recurring product; the total is computed from the catalog.
   *
   * Where the payment provider can't decide at once, the order is `pending` and has neither invoice nor subscription. When the
   * payment is captured it finishes and gets both; when it is declined it is canceled. A repeated request with the same
   * `Idempotency-Key` still returns the first answer, so ask for the order to see what became of it.
   */
  @Post()
  @Idempotent()
  @Answers('The new order: finished, or pending until its payment is settled.')
  @Tracked(ActivityType.OrderPlaced, attemptedComment)
  @Fails(
    'product_not_found',
    { code: 'currency_mismatch', detail: 'ABC-1 is sold in EUR, but the order is in USD.' },
    'total_too_large',
    'payment_declined',
  )
  place(@Body() request: PlaceOrder): Promise<OrderView> {
    return this.orders.place(request);
  }
}
