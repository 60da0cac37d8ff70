import { ActivityType } from '../../audit/catalogue/activity-type';
import type { RecordedAction } from '../../audit/recording/activity-row';
import { catalogueEntry } from '../../audit/catalogue/activity-type';
import { ZonedClock, startOfLocalDay } from '../../lib/time/zoned-time';
import { DEMO_ACCOUNT } from '../accounts/demo-accounts';
import { denied, succeeded } from '../accounts/demo-record';
import type { DemoWorld } from './demo-world';

const DAY = 24 * 60 * 60_000;
const FILTERED_TYPES: readonly (readonly ActivityType[])[] = [
  [],
  [],
  [ActivityType.RefundRequested, ActivityType.RefundCanceled],
  [ActivityType.OrderPlaced],
  [ActivityType.SubscriptionCanceled, ActivityType.SubscriptionEnabled],
  [ActivityType.UserLogin],
];

const GROUPINGS = [['day'], ['user', 'activity'], ['day', 'outcome']] as const;

/** Records that a user built the report, or exported it. */
export function readReport(world: DemoWorld, at: Date, type: 'built' | 'exported'): RecordedAction {
  const { comment, details } = pickFilter(world, at);
  return type === 'built'
    ? succeeded(ActivityType.ReportBuilt, { comment, details })
    : succeeded(ActivityType.ReportExported, { comment, details });
}

/** Records that a user summarized the report. */
export function summarizeReport(world: DemoWorld, at: Date): RecordedAction {
  const { comment, details } = pickFilter(world, at);
  const { order: _, ...filter } = details;
  const groupBy = [...world.random.pick(GROUPINGS)];
  const summary = { comment: `${comment}; by ${groupBy.join(' and ')}`, details: { ...filter, groupBy } };
  return succeeded(ActivityType.ReportSummarized, summary);
}

/** Records that a user who may not see the report tried to build or export it. */
export function readForbiddenReport({ random }: DemoWorld): RecordedAction {
  return denied(random.chance(0.8) ? ActivityType.ReportBuilt : ActivityType.ReportExported);
}

/** Records that a user began to follow all activities. */
export function readFeed(): RecordedAction {
  const details = { userIds: [], activities: [], outcomes: [] };
  return succeeded(ActivityType.FeedRead, { comment: 'all users; all activities', details });
}

/** Picks the filter of a report: the last days, often of one user, sometimes of a few activity types. */
function pickFilter({ random }: DemoWorld, at: Date) {
  const { timeZone, users } = DEMO_ACCOUNT;
  const clock = ZonedClock.of(timeZone);
  const today = Math.floor((at.getTime() + clock.offsetAt(at.getTime())) / DAY) * DAY;
  const to = startOfLocalDay(today + DAY, timeZone);
  const from = startOfLocalDay(today + DAY - random.pick([1, 7, 7, 30]) * DAY, timeZone);
  const userIds = random.chance(0.5) ? [random.pick(users).id] : [];
  const activities = random.pick(FILTERED_TYPES);
  const comment = [
    `Users activity ${clock.wallClock(from)} to ${clock.wallClock(to)} ${timeZone}`,
    userIds.length > 0 ? `${userIds.length} user(s)` : 'all users',
    activities.length > 0 ? activities.map((type) => catalogueEntry(type).label).join(', ') : 'all activities',
  ].join('; ');
  const [fromText, toText] = [from, to].map((instant) => new Date(instant).toISOString());
  const interval = { report: 'users-activity', from: fromText, to: toText };
  return { comment, details: { ...interval, userIds, activities, outcomes: [], timeZone, order: 'desc' as const } };
}
