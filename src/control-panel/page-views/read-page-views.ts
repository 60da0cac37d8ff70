import { Problem } from '../../http/problems/problem';
import { BODY, inBody, within, type RequestField } from '../../http/problems/request-field';
import { Faults } from '../../http/validation/faults';
import { readBatch, type UnreadBody } from '../../http/validation/read-batch';
import { isObject, readDto } from '../../http/validation/read-dto';
import { requireInstant } from '../../lib/time/instant';
import { PageView, PageViewBatch } from './page-views.dto';
import { stripPageUrls } from './strip-page-url';

const DAY = 24 * 60 * 60_000;

/** A page that was shown, and when. */
export interface TimedView {
  readonly view: PageView;
  readonly moment: Date;
}

/**
 * Reads the page views of a body, which is one view or a batch. What is never kept of an address is dropped before anything looks at the
 * body's texts: a query with a token in it must not keep the view of its page from being recorded.
 * @throws Problem that names everything that is wrong with them
 */
export function readPageViews(unread: UnreadBody, now: Date): TimedView[] {
  const body = stripPageUrls(unread);
  const isBatch = isObject(body) && body.views !== undefined;
  if (isBatch && body.page !== undefined) {
    const message = 'Send either one page, or several as views; not both.';
    throw Problem.badRequest('view_ambiguous', inBody('views'), message);
  }
  const { items, faults } = isBatch
    ? readBatch(body, PageViewBatch, 'views', PageView)
    : readSingle(body, new Faults());
  const views = items.map((view, index) => {
    const field = within(isBatch ? inBody('views', index) : BODY, 'viewedAt');
    return { view, moment: readMoment(view, field, now, faults) };
  });
  faults.assertNone();
  return views;
}

function readSingle(body: unknown, faults: Faults) {
  if (isObject(body) && body.page === undefined) {
    faults.add(inBody('page'), 'required', () => 'Send a page, or several as views.');
  }
  return { items: [readDto(body, PageView, faults)], faults };
}

/** When a page was shown, which is within the last 24 hours; now where the view has a fault. */
function readMoment({ viewedAt }: PageView, field: RequestField, now: Date, faults: Faults): Date {
  if (viewedAt === undefined || faults.covers(field)) return now;
  const moment = requireInstant(viewedAt);
  if (moment > now) faults.add(field, 'time_in_future', (name) => `${name} is later than now.`);
  if (now.getTime() - moment.getTime() > DAY) {
    faults.add(field, 'time_too_old', (name) => `${name} is more than 24 hours ago.`);
  }
  return moment;
}
