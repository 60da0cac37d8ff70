import { SetMetadata, type Type } from '@nestjs/common';

const BODY_DTOS = Symbol('body dtos');

/**
 * Declares the DTOs of a body whose parameter has another type, such as `UnreadBody`, for the problems in the contract.
 */
export function BodyDtos(...dtos: [Type, ...Type[]]): MethodDecorator {
  return SetMetadata(BODY_DTOS, dtos);
}

/** Returns what `@BodyDtos` declares for a route. */
export function bodyDtosOf(handler: object): readonly Type[] | undefined {
  return Reflect.getMetadata(BODY_DTOS, handler) as readonly Type[] | undefined;
}
