import { amount, choice, currency, dateTime, id, ids, text, texts } from './detail';

/** What a filter requires of an activity. */
const CONDITIONS = {
  userIds: ids('The ids of users and API keys in the filter; empty for all.', 'VSER3'),
  activities: texts('The codes of activity types in the filter; empty for all.', 'refund.requested'),
  outcomes: texts('The outcomes in the filter; empty for all.', 'success'),
  activityGroups: texts('The groups of activity types in the filter.', 'Orders'),
  excludedActivities: texts('The codes of activity types that the filter excludes.', 'page.accessed'),
  excludedUserIds: ids('The ids of users and API keys that the filter excludes.', 'KEY01'),
  userEmails: texts('The email addresses of users in the filter.', 'nadia@night-shift.example'),
  orderReferences: texts('The order references in the filter.', '2000001'),
  subscriptionReferences: texts('The subscription references in the filter.', 'ABCD1234EF'),
  ipAddresses: texts('The IP addresses in the filter.', '203.0.113.7'),
  requestIds: ids('The ids of requests in the filter.', 'REQ01'),
  senders: texts(
    'The names of users and API keys in the filter that sent records from other systems.',
    'API key: crm-sync',
  ),
  amountFrom: amount('The lowest amount in the filter', '10'),
  amountTo: amount('The highest amount in the filter', '99.90'),
  currency,
  text: text('The text in the filter.', 'chargeback'),
};

/** The filter of a report, with its interval but without its order. */
const FILTER = {
  report: text("The report's code.", 'users-activity'),
  from: dateTime('The start of the interval, inclusive', '2026-01-14T22:00:00.000Z'),
  to: dateTime('The end of the interval, exclusive', '2026-01-15T22:00:00.000Z'),
  timeZone: text('The IANA name of the time zone of the report.', 'Europe/Bucharest'),
  ...CONDITIONS,
};

const REPORT = {
  ...FILTER,
  order: choice('Whether the newest rows came first, or the oldest.', ['desc', 'asc']),
};

/** The details of records about reports and the activity feed, by activity type. */
export const REPORT_DETAILS = {
  'report.built': REPORT,
  'report.exported': REPORT,
  'report.summarized': {
    ...FILTER,
    groupBy: texts('What the activities were grouped by, in this order.', 'day'),
  },
  'activity_feed.read': CONDITIONS,
  'activity.viewed': { activityId: id('The id of the record that was viewed.', 'ACT01') },
} as const;

/** The details of a record that another system sent, whatever its activity type. */
export const SENT_RECORD_DETAILS = {
  key: text('The key that the other system gave to the record.', 'crm-2f1c6a52-17'),
  senderId: id('The id of the user or the API key that sent the record.', 'KEY01'),
};
