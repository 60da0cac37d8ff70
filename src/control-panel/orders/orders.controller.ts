import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { commentOf, Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { Creates } from '../../http/contract/creates.decorator';
import { Fails } from '../../http/problems/fails.decorator';
import { Idempotent } from '../../idempotency/idempotent.decorator';
import { OrderParams } from '../sales/order-params.dto';
import { OrderPage, OrderView } from './order.view';
import { OrdersQuery, PlaceOrder } from './orders.dto';
import { OrdersService } from './orders.service';

/** Orders that representatives place on behalf of shoppers. */
@ApiTags('Orders')
@Controller('orders')
@RequirePrivilege(Privilege.Orders)
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  /** Lists the account's orders, newest first. The list does not include the lines of the orders. */
  @Answers('A page of orders.')
  @Get()
  @TracksPage('Orders')
  list(@Query() query: OrdersQuery): Promise<OrderPage> {
    return this.orders.list(query);
  }

  /** Returns an order. The response includes its lines and the number of its invoice. */
  @Answers('The order with its lines.')
  @Fails('order_not_found')
  @Get(':reference')
  @TracksPage('Order')
  get(@Param() { reference }: OrderParams): Promise<OrderView> {
    return this.orders.get(reference);
  }

  /**
   * Places an order on behalf of a shopper. It charges the card, issues the invoice, and starts a subscription for each
   * recurring product. The service computes the total from the catalog.
   *
   * If the payment provider cannot decide immediately, the order is `pending`, and has no invoice and no subscriptions
   * yet. It becomes `finished` and gets both when the payment is captured, or `canceled` when the payment is declined.
   * A repeated request with the same `Idempotency-Key` still returns the first response, so use `GET
   * /v1/orders/{reference}` to find out the current status.
   */
  @Post()
  @Idempotent()
  @Creates('reference')
  @Answers('The new order, which is finished, or pending while the payment provider has not decided.')
  @Tracked(ActivityType.OrderPlaced, commentOf)
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
