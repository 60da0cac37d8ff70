/** The part of class-transformer that knows the classes of nested fields; it comes without types. */
declare module 'class-transformer/cjs/storage' {
  export const defaultMetadataStorage: {
    findTypeMetadata(
      target: object,
      property: string,
    ):
      | { readonly typeFunction: (options?: { object: object; property: string; newObject: object }) => unknown }
      | undefined;
  };
}
