import { ACTIVITY_TYPES, catalogueEntry, type ActivityColumn } from '../../../src/audit/catalogue/activity-type';

/** A custom activity type that each account registers. */
export interface CustomType {
  readonly code: `custom.${string}`;
  readonly label: string;
  readonly group: string;
}

export const CUSTOM_TYPES: readonly CustomType[] = [
  { code: 'custom.crm.note_added', label: 'CRM: add note', group: 'CRM' },
  { code: 'custom.crm.call_logged', label: 'CRM: log call, "incoming"', group: 'CRM' },
  { code: 'custom.warehouse.parcel_returned', label: 'Warehouse: return parcel', group: 'Warehouse' },
];

/** Weights of the frequent activity types. The others have a weight of 0.1. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'page.accessed': 45,
  'user.login': 9,
  'order.placed': 8,
  'report.built': 5,
  'user.logout': 4,
  'refund.requested': 4,
  'subscription.extended': 3,
  'invoice.sent': 3,
  'subscription.canceled': 2,
  'subscription.price_changed': 2,
  'credit_card.changed': 1,
  'refund.canceled': 0.5,
  'custom.crm.note_added': 5,
  'custom.crm.call_logged': 3,
  'custom.warehouse.parcel_returned': 1,
};

/** An activity type of the generated rows. */
export interface MixedType {
  readonly code: string;
  readonly weight: number;
  readonly isCustom: boolean;
  /** The columns that its successful rows fill. */
  readonly columns: readonly ActivityColumn[];
}

/** All activity types, built-in and custom, with their weights. */
export const MIX: readonly MixedType[] = [
  ...ACTIVITY_TYPES.map((code) => ({ code, isCustom: false, columns: catalogueEntry(code).columns })),
  ...CUSTOM_TYPES.map(({ code }) => ({ code, isCustom: true, columns: ['comment', 'subscriptionReference'] as const })),
].map((type) => ({ ...type, weight: WEIGHTS[type.code] ?? 0.1 }));
