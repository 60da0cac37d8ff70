import type { ExecutionContext, Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem';
import { LongTextPipe, RequestTextPipe } from './request-text.pipe';
import { requestValidation } from './validation.pipe';

const texts = new RequestTextPipe();
const longTexts = new LongTextPipe();
const validation = requestValidation();

/** The body of a request as the DTO of its route, or undefined where the pipes will refuse it: for guards, which run before them. */
export async function validBody<Dto extends object>(
  execution: ExecutionContext,
  dto: Type<Dto>,
): Promise<Dto | undefined> {
  const { body } = execution.switchToHttp().getRequest<FastifyRequest>();
  const metadata = { type: 'body' as const, metatype: dto };
  try {
    const valid: unknown = await validation.transform(texts.transform(body, metadata), metadata);
    return longTexts.transform(valid, metadata) as Dto;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
