import type { Problem } from '../http/problems/problem';

/** Why a follower ends: the client has left, the service stops, or the actor has lost access. */
export type EndReason = 'client left' | 'service stops' | Problem;

/** A client that waits for records: a poll that is held, or a stream. */
export class Follower {
  private readonly controller = new AbortController();
  private reason: EndReason | undefined;

  /** Aborts when the follower ends. */
  get ended(): AbortSignal {
    return this.controller.signal;
  }

  /** Why the follower has ended; undefined as long as it follows. */
  get endReason(): EndReason | undefined {
    return this.reason;
  }

  /** Ends the follower. Only the first reason counts. */
  end(reason: EndReason): void {
    this.reason ??= reason;
    this.controller.abort();
  }
}
