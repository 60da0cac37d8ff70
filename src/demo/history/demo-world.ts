import type { SeededRandom } from '../../lib/seeded-random';
import { DemoApiKeys } from '../administration/demo-api-keys';
import { DemoColleagues } from '../administration/demo-colleagues';
import { DemoRoles } from '../administration/demo-roles';
import { DemoSettings } from '../administration/demo-settings';
import { DemoTemplates } from '../administration/demo-templates';
import { DemoOrders } from '../shop/demo-orders';
import { DemoRefunds } from '../shop/demo-refunds';
import { DemoShop } from '../shop/demo-shop';
import { DemoSubscriptions } from '../shop/demo-subscriptions';

/** Everything that the activities of the demo change. After the last activity, its rows are inserted. */
export class DemoWorld {
  readonly shop = new DemoShop();
  readonly orders: DemoOrders;
  readonly refunds: DemoRefunds;
  readonly subscriptions: DemoSubscriptions;
  readonly colleagues: DemoColleagues;
  readonly roles: DemoRoles;
  readonly apiKeys: DemoApiKeys;
  readonly templates: DemoTemplates;
  readonly settings: DemoSettings;

  constructor(readonly random: SeededRandom) {
    this.orders = new DemoOrders(this.shop, random);
    this.refunds = new DemoRefunds(this.shop, random);
    this.subscriptions = new DemoSubscriptions(this.shop, random);
    this.colleagues = new DemoColleagues(random);
    this.roles = new DemoRoles(random);
    this.apiKeys = new DemoApiKeys(random);
    this.templates = new DemoTemplates(random);
    this.settings = new DemoSettings(random);
  }
}
