import { hasCharacters } from '../http/validation/dto-fields';
import { isObject } from '../http/validation/read-dto';
import { stripPageUrl } from '../lib/secrets/strip-page-url';

/**
 * Strips the page's address of each record of a body, and leaves everything else unchanged. Call it before the body is
 * validated, because a token in an address's query would otherwise make the service refuse the batch.
 */
export function stripPages(body: unknown): unknown {
  return isObject(body) && Array.isArray(body.records) ? { ...body, records: body.records.map(stripPage) } : body;
}

/** Strips the address of a record's page. A text that is too long stays as it is, so that it is refused. */
function stripPage(record: unknown): unknown {
  if (!isObject(record) || typeof record.page !== 'string' || !hasCharacters(record.page, 1, 200)) return record;
  const page = stripPageUrl(record.page);
  return page === record.page ? record : { ...record, page };
}
