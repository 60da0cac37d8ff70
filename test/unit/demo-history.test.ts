import { ACTIVITY_COLUMNS, ACTIVITY_TYPES, catalogueEntry } from '../../src/audit/catalogue/activity-type';
import type { PastAction } from '../../src/audit/recording/activity-row';
import { createDemoHistory } from '../../src/demo/history/demo-history';

const HALF_AN_HOUR = 30 * 60_000;

/** The successful activities that name this order or subscription, oldest first. */
type Story = readonly PastAction[];

describe.each(['2026-11-30T12:00:00Z', '2027-01-03T05:00:00Z', '2028-03-26T23:59:59Z'])(
  'the history of the demo, made at %s',
  (now) => {
    const { activities, world } = createDemoHistory(new Date(now));
    const stories = (field: 'orderReference' | 'subscriptionReference') => {
      const byReference = new Map<string, PastAction[]>();
      for (const action of activities) {
        const reference = action.fields[field];
        if (reference === undefined) continue;
        byReference.set(reference, [...(byReference.get(reference) ?? []), action]);
      }
      return byReference;
    };

    it('is the same each time', () => {
      const again = createDemoHistory(new Date(now));
      const shown = ({ actor, occurredAt, type, outcome, fields, origin }: PastAction) =>
        JSON.stringify([actor, occurredAt, type, outcome, origin, { ...fields, details: undefined }]);
      expect(again.activities.map(shown)).toEqual(activities.map(shown));
      const names = (rows: typeof world) =>
        rows.shop.orders.map(({ order }) => [order.id, order.status, order.refunded]);
      expect(names(again.world)).toEqual(names(world));
    });

    it('is in the order of time, without two activities at the same millisecond', () => {
      const times = activities.map(({ occurredAt }) => occurredAt.getTime());
      expect(new Set(times).size).toBe(times.length);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)).toBeLessThan(new Date(now).getTime());
    });

    it('always fills exactly the columns that the catalogue names, apart from comments and orders', () => {
      const checkedOf = (columns: readonly string[]) =>
        columns.filter((column) => column !== 'comment' && column !== 'orderReference');
      const checked = ACTIVITY_TYPES.flatMap((type) => {
        const records = activities.filter((one) => one.type === type && one.outcome === 'success');
        // A column that only some records have can be in all of a few.
        if (records.length < 30) return [];
        const always = ACTIVITY_COLUMNS.filter((column) => records.every(({ fields }) => fields[column] !== undefined));
        return [[type, checkedOf(always), checkedOf(catalogueEntry(type).columns)] as const];
      });
      expect(checked.length).toBeGreaterThan(10);
      for (const [type, always, named] of checked) expect([type, always]).toEqual([type, named]);
    });

    it('places each order before anything else happens to it', () => {
      const told = [...stories('orderReference')].filter(([reference]) => reference !== '1234567');
      expect(told.length).toBeGreaterThan(1000);
      expect(told.filter(([, [first]]) => first?.type !== 'order.placed')).toEqual([]);
      const again = told.filter(([, story]) => story.filter(({ type }) => type === 'order.placed').length > 1);
      expect(again).toEqual([]);
    });

    it('cancels only refunds that were requested within half an hour, and refunds no more than the order cost', () => {
      for (const [reference, story] of stories('orderReference')) {
        if (reference === '1234567') continue;
        expect(findRefundFaults(story)).toEqual([]);
      }
    });

    it('changes subscriptions only in the status that allows it', () => {
      const faults = [...stories('subscriptionReference')].flatMap(([reference, story]) =>
        reference === 'ABCD123' ? [] : findSubscriptionFaults(story),
      );
      expect(faults).toEqual([]);
    });

    it('refers to nothing but the products, roles, users, API keys and templates that it made', () => {
      const detailsOf = (type: string) => {
        const found = activities.filter((one) => one.type === type).map(({ fields }) => fields);
        expect(found).not.toEqual([]);
        return found;
      };
      const users = new Set(world.colleagues.users.map(({ id }) => id));
      expect(detailsOf('user.disabled').every(({ details }) => users.has(String(details?.userId)))).toBe(true);
      const keys = new Set(world.apiKeys.keys.map(({ id }) => id));
      expect(detailsOf('api_key.revoked').every(({ details }) => keys.has(String(details?.apiKeyId)))).toBe(true);
      const codes = new Set(world.shop.catalog.products.map(({ code, name }) => `${code}: ${name}`));
      expect(detailsOf('product.created').every(({ comment }) => codes.has(String(comment)))).toBe(true);
      expect(world.settings.account.timeZone).toBe('Europe/Bucharest');
    });
  },
);

/** Returns what cannot have happened to the refunds of an order. */
function findRefundFaults(story: Story): string[] {
  const faults: string[] = [];
  const [placed] = story;
  const open = new Map<string, { readonly at: number; readonly requested: number }>();
  let refunded = 0;
  for (const { type, outcome, fields, occurredAt } of story) {
    if (outcome !== 'success' || !type.startsWith('refund.')) continue;
    const { refundId, requestedAmount } = fields.details as { refundId: string; requestedAmount: string };
    const requested = Number(requestedAmount);
    if (fields.currency !== placed?.fields.currency) faults.push(`${refundId} has another currency`);
    if (type === 'refund.requested') {
      open.set(refundId, { at: occurredAt.getTime(), requested });
      refunded += requested;
    } else {
      const since = occurredAt.getTime() - (open.get(refundId)?.at ?? -Infinity);
      if (since >= HALF_AN_HOUR) faults.push(`${refundId} was canceled ${since} ms after its request`);
      refunded -= open.get(refundId)?.requested ?? 0;
      open.delete(refundId);
    }
    if (refunded > totalOf(placed) + 0.001) faults.push(`${refundId} makes ${refunded}, but the order cost less`);
  }
  return faults;
}

function totalOf(placed: PastAction | undefined): number {
  const { amount = 0, currency } = placed?.fields ?? {};
  return currency === 'JPY' ? amount : amount / 100;
}

/** Returns what cannot have happened to a subscription. */
function findSubscriptionFaults(story: Story): string[] {
  const faults: string[] = [];
  const state = { status: 'active', renewal: 'automatic' };
  for (const { type, outcome, fields } of story) {
    const isAllowed = ALLOWED[type];
    if (!isAllowed) continue;
    if ((outcome === 'success') !== isAllowed(state)) {
      faults.push(`${fields.subscriptionReference}: ${type} was a ${outcome} while it was ${JSON.stringify(state)}`);
    }
    if (outcome === 'success') Object.assign(state, EFFECTS[type]);
  }
  return faults;
}

interface State {
  readonly status: string;
  readonly renewal: string;
}
const isActive = ({ status }: State) => status === 'active';
const ALLOWED: Partial<Record<string, (state: State) => boolean>> = {
  'subscription.upgraded': isActive,
  'subscription.canceled': isActive,
  'subscription.enabled': ({ status }) => status === 'canceled',
  'subscription.price_changed': isActive,
  'subscription.extended': isActive,
  'subscription.recurring_billing_stopped': (state) => isActive(state) && state.renewal === 'automatic',
  'subscription.automatic_billing_enabled': (state) => isActive(state) && state.renewal === 'stopped',
};
const EFFECTS: Partial<Record<string, Partial<State>>> = {
  'subscription.canceled': { status: 'canceled' },
  'subscription.enabled': { status: 'active' },
  'subscription.recurring_billing_stopped': { renewal: 'stopped' },
  'subscription.automatic_billing_enabled': { renewal: 'automatic' },
};
