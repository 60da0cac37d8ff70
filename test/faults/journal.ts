/** Kinds of operations of the load. */
export const KINDS = ['order', 'extension', 'page view', 'ingestion', 'login', 'invoice mail'] as const;
export type Kind = (typeof KINDS)[number];

/** An operation of a client, which may take several requests. */
export interface Operation {
  /** Identifies the operation in the report: the comment of its audit record. */
  readonly id: string;
  readonly kind: Kind;
  /** Body of the successful response; undefined until there is one. */
  acknowledgement?: unknown;
}

/** Categories of answers that mean a client may repeat its request. */
export const UNAVAILABLE = '503 with Retry-After';
export const NO_CONNECTION = 'no connection';
export const NO_ANSWER = 'no answer in 30 s';

/** Records the operations that clients requested during a fault, and the answers they got. */
export class Journal {
  readonly operations: Operation[] = [];
  /** Number of answers by category. */
  readonly answers = new Map<string, number>();
  private readonly acknowledgements: { readonly moment: number; readonly url: string }[] = [];

  add(operation: Operation): void {
    this.operations.push(operation);
  }

  noteAnswer(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }

  /**
   * Records a successful response.
   * @param url of the service that sent it
   */
  acknowledge(operation: Operation, body: unknown, url: string): void {
    operation.acknowledgement = body;
    this.acknowledgements.push({ moment: performance.now(), url });
  }

  /**
   * Returns the time of the first acknowledgement after a moment, by `performance.now()`, or undefined if there is none
   * yet.
   * @param urls of the services to consider; all by default
   */
  firstAcknowledgedAfter(after: number, urls?: readonly string[]): number | undefined {
    return this.acknowledgements.find(({ moment, url }) => moment > after && (urls?.includes(url) ?? true))?.moment;
  }

  /** Returns the longest time between two acknowledgements by any of the services, in milliseconds. */
  longestGap(from: number, to: number, urls: readonly string[]): number {
    const moments = this.acknowledgements.filter(({ url }) => urls.includes(url)).map(({ moment }) => moment);
    const within = [from, ...moments.filter((moment) => moment > from && moment < to), to];
    return Math.max(...within.map((moment, place) => moment - (within[place - 1] ?? from)));
  }

  get acknowledged(): Operation[] {
    return this.operations.filter(({ acknowledgement }) => acknowledgement !== undefined);
  }

  /** Number of answers that must not occur even during a fault: internal errors and timeouts. */
  get failures(): number {
    let count = 0;
    for (const [answer, times] of this.answers) {
      if (answer === NO_ANSWER || (answer.startsWith('5') && answer !== UNAVAILABLE)) count += times;
    }
    return count;
  }
}
