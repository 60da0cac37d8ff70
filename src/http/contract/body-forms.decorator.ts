import { SetMetadata, type Type } from '@nestjs/common';

const BODY_FORMS = Symbol('body forms');

/** Names the classes that a body is checked against, where the parameter that takes the body does not tell. */
export function BodyForms(...forms: [Type, ...Type[]]): MethodDecorator {
  return SetMetadata(BODY_FORMS, forms);
}

export function bodyFormsOf(handler: object): readonly Type[] | undefined {
  return Reflect.getMetadata(BODY_FORMS, handler) as readonly Type[] | undefined;
}
