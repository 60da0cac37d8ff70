import { findExcess } from '../../src/http/server/body-bounds';

const excessOf = (json: string) => findExcess(Buffer.from(json), 50_000)?.code;
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const listOf = (item: string, count: number) => `[${Array.from({ length: count }, () => item).join()}]`;
const objectOf = (count: number, first = 0) =>
  `{${Array.from({ length: count }, (_, place) => `"f${first + place}":1`).join()}}`;

describe('the bounds of a body', () => {
  it.each([
    ['nothing', ''],
    ['a text', '"text"'],
    ['20 nested lists', nested('[', ']', 20)],
    ['20 nested objects', `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`],
    ['100 fields', objectOf(100)],
    ['100 fields in each of several objects', listOf(objectOf(100), 490)],
    ['the maximum number of values', listOf('1', 49_999)],
    ['many empty lists', listOf('[]', 49_999)],
    ['many empty objects, with white space', listOf('{ \n}', 49_999)],
    ['brackets and commas in a text', JSON.stringify(`[{,"`.repeat(100_000))],
    ['backslashes in a text', JSON.stringify('\\'.repeat(99_999) + '"[[[')],
    ['escapes in a text', `"${'\\u005b'.repeat(100_000)}"`],
    ['invalid JSON', '}}}]]]x'],
    ['a text without end', `"${'['.repeat(100_000)}`],
  ])('accept %s', (_, json) => {
    expect(excessOf(json)).toBeUndefined();
  });

  it.each([
    ['21 nested lists', nested('[', ']', 21), 'body_too_deep'],
    ['lists that begin without end', '['.repeat(5_000_000), 'body_too_deep'],
    ['objects that begin without end', '{"a":'.repeat(1_000_000), 'body_too_deep'],
    ['nested lists after a text', `{"a": "\\"", "b": ${nested('[', ']', 20)}}`, 'body_too_deep'],
    ['101 fields', objectOf(101), 'body_too_wide'],
    ['101 fields in a nested object', `[[{"a":1},${objectOf(101)}]]`, 'body_too_wide'],
    ['one field name 101 times', `{${Array.from({ length: 101 }, () => '"a":1').join()}}`, 'body_too_wide'],
    ['one value too many', listOf('1', 50_001), 'body_too_wide'],
    ['one value too many at every depth', listOf('[[1]]', 16_668), 'body_too_wide'],
    ['commas without end', ','.repeat(5_000_000), 'body_too_wide'],
  ])('refuse %s', (_, json, code) => {
    expect(excessOf(json)).toBe(code);
  });
});
