import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { Answers } from '../../http/contract/answers.decorator';
import { PageQuery } from '../../http/paging/page.dto';
import { Fails } from '../../http/problems/fails.decorator';
import { ProductPage, ProductView } from './product.view';
import { CreateProduct } from './products.dto';
import { ProductsService } from './products.service';

/** The catalog of products that the merchant sells. */
@ApiTags('Catalog')
@Controller('products')
@RequirePrivilege(Privilege.Products)
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  /**
   * Lists the account's products, oldest first. The privilege `orders` is enough, because an order refers to products.
   */
  @Get()
  @Answers('A page of products.')
  @TracksPage('Products')
  @RequirePrivilege(Privilege.Products, Privilege.Orders)
  list(@Query() query: PageQuery): Promise<ProductPage> {
    return this.products.list(query);
  }

  /** Adds a product to the catalog. New orders can refer to it immediately. */
  @Answers('The new product.')
  @Fails(
    'amount_invalid',
    'product_not_found',
    'product_code_taken',
    { code: 'currency_mismatch', detail: 'ABC-1 is sold in EUR; an upgrade must have the same currency.' },
    'fee_exceeds_price',
  )
  @Post()
  @Tracked(ActivityType.ProductCreated)
  create(@Body() request: CreateProduct): Promise<ProductView> {
    return this.products.create(request);
  }
}
