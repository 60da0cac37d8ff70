/** Tells listeners in this process that something has happened in accounts. */
class AccountSignal {
  private readonly listeners = new Set<(accountIds: readonly string[]) => void>();

  /**
   * Adds a listener, which must not throw. Listeners run in the context of what has happened, such as a request.
   * @returns a function that removes the listener
   */
  listen(listener: (accountIds: readonly string[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  notify(accountIds: readonly string[]): void {
    for (const listener of this.listeners) listener(accountIds);
  }
}

/** Tells which accounts have new committed records, which have no place in the ledger yet. */
export class RecordsCommitted extends AccountSignal {}

/** Tells which accounts have new entries in their ledgers. */
export class LedgerAppended extends AccountSignal {}
