import { Problem } from '../../http/problems/problem';
import { BODY, inBody, within, type RequestField } from '../../http/problems/request-field';
import { FieldErrors } from '../../http/validation/field-errors';
import { readBatch, type UnreadBody } from '../../http/validation/read-batch';
import { isObject, readDto } from '../../http/validation/read-dto';
import { MAX_CLOCK_SKEW } from '../../lib/time/clock';
import { requireInstant } from '../../lib/time/instant';
import { PageView, PageViewBatch } from './page-views.dto';
import { stripPageUrls } from './strip-page-urls';

/** One day, in milliseconds. */
const DAY = 24 * 60 * 60_000;

/** A page view with the time at which the page was shown. */
export interface TimedPageView {
  readonly view: PageView;
  readonly viewedAt: Date;
}

/**
 * Reads the page views of a request body, which is either one view or a batch. It strips the pages' addresses before it
 * validates them, because a token in an address's query would otherwise make the service refuse the page view.
 * @throws Problem that lists every fault of the body
 */
export function readPageViews(unread: UnreadBody, now: Date): TimedPageView[] {
  const body = stripPageUrls(unread);
  const isBatch = isObject(body) && body.views !== undefined;
  if (isBatch && body.page !== undefined) {
    const message = 'Send either one page, or several as views; not both.';
    throw Problem.badRequest('view_ambiguous', inBody('views'), message);
  }
  const { items, errors } = isBatch
    ? readBatch(body, PageViewBatch, 'views', PageView)
    : readSingle(body, new FieldErrors());
  const views = items.map((view, index) => {
    const field = within(isBatch ? inBody('views', index) : BODY, 'viewedAt');
    return { view, viewedAt: readViewedAt(view, field, now, errors) };
  });
  errors.assertNone();
  return views;
}

function readSingle(body: unknown, errors: FieldErrors) {
  if (isObject(body) && body.page === undefined) {
    errors.add(inBody('page'), 'required', () => 'Send a page, or several as views.');
  }
  return { items: [readDto(body, PageView, errors)], errors };
}

/**
 * Reads when a page was shown, and refuses times more than 5 minutes in the future or more than 24 hours ago. The default
 * is now.
 */
function readViewedAt({ viewedAt }: PageView, field: RequestField, now: Date, errors: FieldErrors): Date {
  if (viewedAt === undefined || errors.covers(field)) return now;
  const time = requireInstant(viewedAt);
  if (time.getTime() > now.getTime() + MAX_CLOCK_SKEW) {
    errors.add(field, 'time_in_future', (name) => `${name} is more than 5 minutes in the future.`);
  }
  if (now.getTime() - time.getTime() > DAY) {
    errors.add(field, 'time_too_old', (name) => `${name} is more than 24 hours ago.`);
  }
  return time;
}
