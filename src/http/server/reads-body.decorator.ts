/** Metadata key of a method that reads the body of a request in another way than with `@Body()`. */
export const READS_BODY = Symbol('reads body');

/** Makes a parameter's decorator known as one that takes its value from the body; otherwise the server would ignore the body. */
export function readingBody(decorator: ParameterDecorator): ParameterDecorator {
  return (target, name, index) => {
    const handler = (target as Record<string | symbol, unknown>)[name!] as object;
    Reflect.defineMetadata(READS_BODY, true, handler);
    decorator(target, name, index);
  };
}
