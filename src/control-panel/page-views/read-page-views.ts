import { Problem } from '../../http/problems/problem';
import { BODY, inBody, within, type RequestField } from '../../http/problems/request-field';
import { FieldErrors } from '../../http/validation/field-errors';
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
 * Reads the page views of a body, which is one view or a batch. What is never kept of an address is dropped before
 * anything looks at the body's texts: a query with a token in it must not keep the view of its page from being
 * recorded.
 * @throws Problem that names everything that is wrong with them
 */
export function readPageViews(unread: UnreadBody, now: Date): TimedView[] {
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
    return { view, moment: readMoment(view, field, now, errors) };
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
 * Returns when a page was shown, and checks that this was within the last 24 hours. Returns `now` if `viewedAt` is
 * invalid.
 */
function readMoment({ viewedAt }: PageView, field: RequestField, now: Date, errors: FieldErrors): Date {
  if (viewedAt === undefined || errors.covers(field)) return now;
  const moment = requireInstant(viewedAt);
  if (moment > now) errors.add(field, 'time_in_future', (name) => `${name} is later than now.`);
  if (now.getTime() - moment.getTime() > DAY) {
    errors.add(field, 'time_too_old', (name) => `${name} is more than 24 hours ago.`);
  }
  return moment;
}
