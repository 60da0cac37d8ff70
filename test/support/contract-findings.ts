import { appendFileSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** What the responses of a service contain, compared with what the contract declares. */
export class ContractFindings {
  private readonly seen = new Set<string>();
  private readonly undeclared = new Set<string>();

  /**
   * @param what what is compared, such as `Problems`
   * @param folder the folder in which each test process writes what it saw, for the reporter of the whole run
   */
  constructor(
    private readonly what: string,
    private readonly folder: string,
  ) {}

  /** Notes that a response has something, which the reporter then knows to have been seen. */
  addSeen(finding: string): void {
    this.seen.add(finding);
  }

  /** Notes that a response has something that the contract does not declare. */
  addUndeclared(finding: string): void {
    this.undeclared.add(finding);
  }

  /** Writes what was seen. @throws Error if the contract does not declare something of it */
  check(): void {
    if (this.seen.size > 0) {
      mkdirSync(resolve(this.folder), { recursive: true });
      appendFileSync(resolve(this.folder, `${process.pid}.txt`), [...this.seen, ''].join('\n'));
    }
    if (this.undeclared.size === 0) return;
    throw new Error(`${this.what} that the contract does not declare:\n  ${[...this.undeclared].sort().join('\n  ')}`);
  }
}
