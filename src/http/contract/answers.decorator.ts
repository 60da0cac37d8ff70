import { SetMetadata } from '@nestjs/common';

const ANSWER = Symbol('answer');
const OPERATION_ID = Symbol('operation id');

/** Describes a route's successful response in the contract. */
export function Answers(description: string): MethodDecorator {
  return SetMetadata(ANSWER, description);
}

/**
 * Sets the operation id of a route, if the names of its controller and method would make a poor name in a generated
 * client.
 */
export function OperationId(operationId: string): MethodDecorator {
  return SetMetadata(OPERATION_ID, operationId);
}

/** Returns what `@Answers` declares for a route. */
export function answerOf(handler: object): string | undefined {
  return Reflect.getMetadata(ANSWER, handler) as string | undefined;
}

/** Returns what `@OperationId` declares for a route. */
export function operationIdOf(handler: object): string | undefined {
  return Reflect.getMetadata(OPERATION_ID, handler) as string | undefined;
}
