/** Parses a CSV as RFC 4180 defines it, into lines of cells. Throws if it is malformed. */
export function csvLines(text: string): string[][] {
  const lines: string[][] = [];
  let rest = text;
  while (rest.length > 0) {
    const line: string[] = [];
    let end: string;
    do {
      const [field, quoted, plain, after] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? [];
      if (field === undefined) throw new Error(`This is not a line of a CSV: ${JSON.stringify(rest.slice(0, 80))}`);
      line.push(quoted?.replaceAll('""', '"') ?? plain!);
      end = after!;
      rest = rest.slice(field.length);
    } while (end === ',');
    lines.push(line);
  }
  return lines;
}
