import { choice, dateTime, flag, id, ids, text, texts } from './detail';

/** The filter of a report, with its interval. */
const REPORT = {
  report: text("The report's code.", 'users-activity'),
  from: dateTime('The start of the interval, inclusive', '2026-01-14T22:00:00.000Z'),
  to: dateTime('The end of the interval, exclusive', '2026-01-15T22:00:00.000Z'),
  timeZone: text('The IANA name of the time zone of the report.', 'Europe/Bucharest'),
  userIds: ids('The ids of users and API keys in the filter; empty for all.', 'VSER3'),
  activities: texts('The codes of activity types in the filter; empty for all.', 'refund.requested'),
  outcomes: texts('The outcomes in the filter; empty for all.', 'success'),
  order: choice('Whether the newest rows came first, or the oldest.', ['desc', 'asc']),
};

/** The details of records about reports, by activity type. */
export const REPORT_DETAILS = {
  'report.built': { ...REPORT, isFirstPage: flag('Whether it was the first page of the report.') },
  'report.exported': REPORT,
  'activity.viewed': { activityId: id('The id of the record that was viewed.', 'ACT01') },
} as const;

/** The details of a record that another system sent, whatever its activity type. */
export const SENT_RECORD_DETAILS = {
  key: text('The key that the other system gave to the record.', 'crm-2f1c6a52-17'),
  senderId: id('The id of the user or the API key that sent the record.', 'KEY01'),
};
