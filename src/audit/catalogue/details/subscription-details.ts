import { changed, changes, currency, group, integer, text } from './detail';

const CARD = group('The new card.', {
  brand: text('The brand of the card.', 'visa'),
  lastFour: text('The last four digits of the card number.', '4242'),
  expires: text('The last month in which the card is valid, as `YYYY-MM`.', '2031-12'),
});

/** The details of records about subscriptions, by activity type. */
export const SUBSCRIPTION_DETAILS = {
  'subscription.upgraded': {
    productCode: text('The code of the product that the subscription was upgraded to.', 'ANTIVIRUS-PRO-1Y'),
    currency,
    changes: changes({
      productCode: changed('ANTIVIRUS-1Y', 'ANTIVIRUS-PRO-1Y'),
      productName: changed('Antivirus, one year', 'Antivirus Pro, one year'),
      price: changed('59.90', '89.90'),
      billingCycleMonths: changed(12, 24),
      renewalPrice: changed('49.90', null),
      renewalCycles: changed(3, null),
    }),
  },
  'subscription.canceled': {
    reason: text('The reason for the cancellation.', 'too_expensive'),
    changes: changes({ status: changed('active', 'canceled') }),
  },
  'subscription.enabled': { changes: changes({ status: changed('canceled', 'active') }) },
  'subscription.price_changed': {
    currency,
    changes: changes({
      renewalPrice: changed(null, '49.90'),
      renewalCycles: changed(null, 3),
    }),
  },
  'subscription.extended': {
    days: integer('The number of 24-hour days by which the end of the subscription was moved.', 30),
    changes: changes({
      endsAt: changed('2027-01-15T09:30:00.000+02:00', '2027-02-14T09:30:00.000+02:00', 'date-time'),
    }),
  },
  'subscription.recurring_billing_stopped': {
    reason: text('The reason to stop recurring billing.', 'shopper_request'),
    changes: changes({ renewal: changed('automatic', 'stopped') }),
  },
  'subscription.automatic_billing_enabled': {
    changes: changes({ renewal: changed('stopped', 'automatic') }),
  },
  'credit_card.changed': {
    card: CARD,
    changes: changes({ card: changed(CARD.example, { brand: 'mastercard', lastFour: '4444', expires: '2032-06' }) }),
  },
} as const;
