/** What the load does. */
export const KINDS = ['order', 'extension', 'page view', 'ingestion', 'login', 'invoice mail'] as const;
export type Kind = (typeof KINDS)[number];

/** One thing that a client wants done, however often it has to ask for it. */
export interface Operation {
  /** Its mark in the report: the comment of its record. */
  readonly id: string;
  readonly kind: Kind;
  /** What the service answered when it said that it is done; undefined while it has not. */
  acknowledgement?: unknown;
}

/** How the service answers when it can't: the client may ask again. */
export const UNAVAILABLE = '503 with Retry-After';
export const NO_CONNECTION = 'no connection';
export const NO_ANSWER = 'no answer in 30 s';

/** Everything that clients asked for while something went wrong, and what they were answered. */
export class Journal {
  readonly operations: Operation[] = [];
  /** How often each kind of answer came. */
  readonly answers = new Map<string, number>();
  private readonly acknowledgements: { readonly moment: number; readonly url: string }[] = [];

  add(operation: Operation): void {
    this.operations.push(operation);
  }

  noteAnswer(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }

  /** @param url of the service that acknowledged it */
  acknowledge(operation: Operation, body: unknown, url: string): void {
    operation.acknowledgement = body;
    this.acknowledgements.push({ moment: performance.now(), url });
  }

  /**
   * When the first operation was acknowledged after a moment, by `performance.now()`; undefined if none was yet.
   * @param urls of services; of any if they are left out
   */
  firstAcknowledgedAfter(after: number, urls?: readonly string[]): number | undefined {
    return this.acknowledgements.find(({ moment, url }) => moment > after && (urls?.includes(url) ?? true))?.moment;
  }

  /** The longest time between two acknowledgements by one of the services, in milliseconds. */
  longestGap(from: number, to: number, urls: readonly string[]): number {
    const moments = this.acknowledgements.filter(({ url }) => urls.includes(url)).map(({ moment }) => moment);
    const within = [from, ...moments.filter((moment) => moment > from && moment < to), to];
    return Math.max(...within.map((moment, place) => moment - (within[place - 1] ?? from)));
  }

  get acknowledged(): Operation[] {
    return this.operations.filter(({ acknowledgement }) => acknowledgement !== undefined);
  }

  /** Answers that should not be there whatever goes wrong around the service: errors of its own, and none at all. */
  get failures(): number {
    let count = 0;
    for (const [answer, times] of this.answers) {
      if (answer === NO_ANSWER || (answer.startsWith('5') && answer !== UNAVAILABLE)) count += times;
    }
    return count;
  }
}
