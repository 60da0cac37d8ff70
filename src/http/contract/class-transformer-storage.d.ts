/**
 * Types of class-transformer's metadata storage, which knows the DTOs of nested fields. The package has none for it.
 */
declare module 'class-transformer/cjs/storage' {
  interface TypeMetadata {
    readonly typeFunction: (options?: { object: object; property: string; newObject: object }) => unknown;
  }
  interface TransformMetadata {
    readonly transformFn: (parameters: {
      value: unknown;
      key: string;
      obj: unknown;
      type: number;
      options: object;
    }) => unknown;
    readonly options: object;
  }
  export const defaultMetadataStorage: {
    findTypeMetadata(target: object, property: string): TypeMetadata | undefined;
    findTransformMetadatas(target: object, property: string, type: number): TransformMetadata[];
    getExposedProperties(target: object, type: number): string[];
    getExcludedProperties(target: object, type: number): string[];
  };
}
