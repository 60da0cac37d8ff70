const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Counts the lines of a CSV. Line breaks in quotes do not end a line. */
export class CsvLines {
  count = 0;
  private isQuoted = false;

  add(chunk: Buffer): void {
    for (const byte of chunk) {
      if (byte === QUOTE) this.isQuoted = !this.isQuoted;
      else if (byte === LINE_FEED && !this.isQuoted) this.count++;
    }
  }
}
