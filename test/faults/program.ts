/** A program that runs real processes under bad conditions, prints what it measured, and says whether the promises held. */
export interface Program {
  /** What it is called on the command line: `npm run faults -- <name>`. */
  readonly name: string;
  /** One line of what it shows. */
  readonly summary: string;
  /**
   * Runs it, and stops every process that it started, also when it fails.
   * @param options the arguments behind the name
   * @returns whether every promise held; false makes the exit code 1
   */
  readonly run: (options: readonly string[]) => Promise<boolean>;
}
