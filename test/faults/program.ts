/** A program that runs real processes under bad conditions, and checks that the service keeps its promises. */
export interface Program {
  /** Name on the command line: `npm run faults -- <name>`. */
  readonly name: string;
  /** One line that describes the program. */
  readonly summary: string;
  /**
   * Runs the program. Stops every process that it started, even if it fails.
   * @param options the arguments after the name
   * @returns whether all checks passed; false makes the exit code 1
   */
  readonly run: (options: readonly string[]) => Promise<boolean>;
}
