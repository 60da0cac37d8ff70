import { amount, changed, changes, currency, dateTime, flag, id, ids, integer, orNull, text, texts } from './detail';

const USER_ID = id("The user's id.", 'VSER3');
const ROLE_ID = id("The role's id.", 'R0E02');
const ROLE_IDS = ids("The ids of the user's roles.", 'R0E02');
const PRIVILEGES = texts('The codes of the privileges.', 'users_activity');
const TYPE_CODE = text("The activity type's code.", 'custom.crm.note_added');

const USER_CHANGES = {
  userId: USER_ID,
  changes: changes({
    email: changed('nora.new@demo.example', 'nora.newer@demo.example'),
    name: changed('Nora New', 'Nora Newer'),
    status: changed('active', 'disabled'),
    roleIds: changed(['01J000000000000000000R0E02'], ['01J000000000000000000R0E02', '01J000000000000000000R0E03']),
  }),
};

const API_KEY = {
  apiKeyId: id("The API key's id.", 'KEY01'),
  prefix: text('The first characters of the token, to recognize it by.', 'uak_5tQ0xq'),
  privileges: PRIVILEGES,
  networks: texts(
    'The networks that the API key can be used from; empty if it can be used from everywhere.',
    '203.0.113.0/24',
  ),
  expiresAt: orNull(dateTime('When the API key expires, or null if it does not', '2031-12-31T21:59:59.000Z')),
};

/** The details of records about users, roles, API keys, the account, products and activity types, by activity type. */
export const ADMINISTRATION_DETAILS = {
  'user.created': {
    userId: USER_ID,
    email: text("The user's email address.", 'nora.new@demo.example'),
    roleIds: ROLE_IDS,
    invited: flag('Whether the user got an invitation to choose a password, instead of a first password.'),
  },
  'user.updated': USER_CHANGES,
  'user.disabled': USER_CHANGES,
  'user.invited': { userId: USER_ID, mailId: id('The id of the queued email.', 'MA001') },
  'role.created': { roleId: ROLE_ID, privileges: PRIVILEGES },
  'role.updated': {
    roleId: ROLE_ID,
    changes: changes({
      name: changed('Auditors', 'Auditors of refunds'),
      privileges: changed(['users_activity'], ['refunds', 'users_activity']),
    }),
  },
  'role.deleted': { roleId: ROLE_ID, privileges: PRIVILEGES },
  'api_key.created': API_KEY,
  'api_key.revoked': API_KEY,
  'account.updated': {
    changes: changes({
      name: changed('Demo Merchant', 'Demo Merchant, Inc.'),
      timeZone: changed('Europe/Bucharest', 'America/New_York'),
      retentionDays: changed(3650, 1825),
    }),
  },
  'product.created': {
    code: text("The product's code.", 'ANTIVIRUS-1Y'),
    name: text("The product's name.", 'Antivirus, one year'),
    price: amount('The price of one unit for one billing cycle', '59.90'),
    nonRefundableFee: amount('The part of the unit price that is not refunded', '0'),
    currency,
    billingCycleMonths: integer('The length of a billing cycle in months; 0 for a product that is sold once.', 12),
    upgradeOf: texts('The codes of the products whose subscriptions can be upgraded to this product.', 'ANTIVIRUS-1M'),
  },
  'activity_type.created': {
    code: TYPE_CODE,
    label: text("The activity type's label.", 'CRM: add note'),
    group: text('The heading under which the activity type is listed.', 'CRM'),
  },
  'activity_type.updated': {
    code: TYPE_CODE,
    changes: changes({
      label: changed('CRM: add note', 'CRM: write note'),
      group: changed('CRM', 'Call center'),
    }),
  },
} as const;
