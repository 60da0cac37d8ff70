import type { Product, ProductUpgrade } from '../../control-panel/catalog/product.entity';
import { DEMO_ACCOUNT, FOUNDED_AT, toDemoId } from '../accounts/demo-accounts';

/** A product that the demo sells: currency, price and fee in minor units, months of a billing cycle. */
type CatalogLine = readonly [code: string, name: string, currency: string, price: number, months: number, fee?: number];

const FIRST_PRODUCTS: readonly CatalogLine[] = [
  ['ANTIVIRUS-1M', 'Antivirus, one month', 'USD', 599, 1],
  ['ANTIVIRUS-1Y', 'Antivirus, one year', 'USD', 5990, 12],
  ['ANTIVIRUS-PRO-1Y', 'Antivirus Pro, one year', 'USD', 9990, 12],
  ['RECOVERY-DISK', 'Recovery disk', 'USD', 1990, 0, 490],
  ['VPN-1M', 'VPN, one month', 'EUR', 990, 1],
  ['VPN-1Y', 'VPN, one year', 'EUR', 7900, 12],
  ['VPN-TEAM-1Y', 'VPN for teams, one year', 'EUR', 24_900, 12, 2000],
  ['BACKUP-1Y', 'Backup, one year', 'GBP', 3995, 12],
  ['BACKUP-PRO-1Y', 'Backup Pro, one year', 'GBP', 7995, 12],
  ['PHOTO-1Y', 'Photo editor, one year', 'JPY', 9800, 12],
  ['PHOTO-PRO-1Y', 'Photo editor Pro, one year', 'JPY', 14_800, 12],
];
const LATER_PRODUCTS: readonly CatalogLine[] = [
  ['PASSWORDS-1M', 'Password safe, one month', 'USD', 299, 1],
  ['PASSWORDS-1Y', 'Password safe, one year', 'USD', 2990, 12],
  ['CLEANER-1Y', 'Cleaner, one year', 'EUR', 2490, 12],
  ['PARENTAL-1Y', 'Parental control, one year', 'GBP', 1995, 12],
  ['PHOTO-STOCK-1M', 'Stock photos, one month', 'JPY', 1200, 1],
];
/** The product that each product is an upgrade of. */
const UPGRADE_OF: Readonly<Record<string, string>> = {
  'ANTIVIRUS-1Y': 'ANTIVIRUS-1M',
  'ANTIVIRUS-PRO-1Y': 'ANTIVIRUS-1Y',
  'VPN-1Y': 'VPN-1M',
  'VPN-TEAM-1Y': 'VPN-1Y',
  'BACKUP-PRO-1Y': 'BACKUP-1Y',
  'PHOTO-PRO-1Y': 'PHOTO-1Y',
  'PASSWORDS-1Y': 'PASSWORDS-1M',
};

/** The catalog of the demo's merchant: what was sold from the start, and what users add to it. */
export class DemoCatalog {
  readonly products: Product[] = FIRST_PRODUCTS.map((line, index) => createProduct(line, index, FOUNDED_AT));

  /** Adds the next product; undefined if there are no more. */
  addProduct(createdAt: Date): Product | undefined {
    const line = LATER_PRODUCTS[this.products.length - FIRST_PRODUCTS.length];
    if (!line) return undefined;
    const product = createProduct(line, this.products.length, createdAt);
    this.products.push(product);
    return product;
  }

  /** Returns the product with a code. */
  get(code: string): Product {
    const product = this.products.find((candidate) => candidate.code === code);
    if (!product) throw new Error(`The demo does not sell ${code}.`);
    return product;
  }

  getById(id: string): Product {
    const product = this.products.find((candidate) => candidate.id === id);
    if (!product) throw new Error(`The demo has no product ${id}.`);
    return product;
  }

  /** Returns the product to which a subscription to this one can be upgraded, if there is one. */
  findUpgrade(from: Product): Product | undefined {
    return this.products.find(({ code }) => UPGRADE_OF[code] === from.code);
  }

  get upgrades(): ProductUpgrade[] {
    return this.products.flatMap(({ id: toProductId, code }) => {
      const from = UPGRADE_OF[code];
      return from === undefined ? [] : [{ fromProductId: this.get(from).id, toProductId }];
    });
  }
}

function createProduct([code, name, currency, price, months, fee = 0]: CatalogLine, index: number, createdAt: Date) {
  const row = { id: toDemoId(`PR0D${index + 1}`), accountId: DEMO_ACCOUNT.id, code, name, currency, price, createdAt };
  return { ...row, billingCycleMonths: months, nonRefundableFee: fee } satisfies Product;
}
