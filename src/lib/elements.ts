/** Returns the last element of a list. @throws Error if the list is empty */
export function last<Element>(list: readonly Element[]): Element {
  return at(list, list.length - 1);
}

/** Returns the element at an index that must be within the list. @throws Error if it is not */
export function at<Element>(list: readonly Element[], index: number): Element {
  const element = list[index];
  if (element === undefined) throw new Error(`A list of ${list.length} has no element ${index}.`);
  return element;
}

/** Returns the value of a key that the map must contain. @throws Error if it does not */
export function lookUp<Key extends string, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The map does not contain ${key}.`);
  return value;
}

/** Yields the parts of a list: each has `size` elements, and the last one the rest. */
export function* partsOf<Element>(list: readonly Element[], size: number): Generator<readonly Element[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
