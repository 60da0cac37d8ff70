import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../http/problems/problem';
import { readingBody } from '../../http/server/reads-body.decorator';
import { LongTextPipe, RequestTextPipe } from '../../http/validation/request-text.pipe';
import { requestValidation } from '../../http/validation/validation.pipe';
import { PageView, PageViewBatch } from './page-views.dto';
import { stripPageUrls } from './strip-page-url';

const validation = requestValidation();
const texts = new RequestTextPipe();
const longTexts = new LongTextPipe();

/** Checks a body as the global pipes check others; which of two it is, one view or several, only the body itself tells. */
@Injectable()
class PageViewsPipe implements PipeTransform<unknown, Promise<PageView | PageViewBatch>> {
  async transform(body: unknown): Promise<PageView | PageViewBatch> {
    const metatype = kindOf(body ?? {});
    const metadata = { type: 'body' as const, metatype };
    const valid: unknown = await validation.transform(texts.transform(body, metadata), metadata);
    return longTexts.transform(valid, metadata) as PageView | PageViewBatch;
  }
}

function kindOf({ page, views }: Partial<Record<string, unknown>>): typeof PageView | typeof PageViewBatch {
  if (views === undefined && page === undefined)
    throw Problem.badRequest('required', 'page', 'Send a page, or several as views.');
  if (views === undefined) return PageView;
  if (page === undefined) return PageViewBatch;
  throw Problem.badRequest('view_ambiguous', 'views', 'Send either one page, or several as views; not both.');
}

const BodyWithViewedPages = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  stripPageUrls(execution.switchToHttp().getRequest<FastifyRequest>().body),
);

/**
 * Hands a method the page views of the body. What is never kept of an address is dropped before anything looks at the
 * body's texts: a query with a token in it must not keep the view of its page from being recorded.
 */
export const ViewedPages = () => readingBody(BodyWithViewedPages(PageViewsPipe));
