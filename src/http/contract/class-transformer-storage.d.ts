/**
 * Types of class-transformer's metadata storage, which knows the DTOs of nested fields. The package has none for it.
 */
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
