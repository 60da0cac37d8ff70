import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePrivilege } from '../../access/guard/access-rule.decorator';
import { Privilege } from '../../access/privileges/privilege';
import { ActivityType } from '../../audit/catalogue/activity-type';
import { Tracked, TracksPage } from '../../audit/tracking/tracked.decorator';
import { ApiConflict } from '../../http/contract/api-conflict.decorator';
import { ApiNotFound } from '../../http/contract/api-refusals.decorator';
import { PageQuery } from '../../http/paging/page.dto';
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
  @TracksPage('Products')
  @RequirePrivilege(Privilege.Products, Privilege.Orders)
  list(@Query() query: PageQuery): Promise<ProductPage> {
    return this.products.list(query);
  }

  /** Adds a product to the catalog. */
  @Post()
  @Tracked(ActivityType.ProductCreated)
  @ApiNotFound('product_not_found')
  @ApiConflict('product_code_taken')
  create(@Body() request: CreateProduct): Promise<ProductView> {
    return this.products.create(request);
  }
}
