import { HttpStatus, Injectable } from '@nestjs/common';
import { Config } from '../config/config';
import { Problem } from '../http/problems/problem';

/** Seconds after which a client can try again when there are too many streams. */
const RETRY_AFTER = 10;

/** Bounds how many streams are open at once in this process, of one account and in all. */
@Injectable()
export class StreamSlots {
  /** The number of open streams by account. */
  private readonly open = new Map<string, number>();
  private total = 0;

  constructor(private readonly config: Config) {}

  /** Counts a stream of an account. @returns a function that ends it @throws Problem 429 if there are too many */
  take(accountId: string): () => void {
    const own = this.open.get(accountId) ?? 0;
    if (own >= this.config.STREAMS_PER_ACCOUNT) throw tooManyStreams(`${own} streams of the account are open`);
    if (this.total >= this.config.MAX_STREAMS) throw tooManyStreams(`${this.total} streams are open in this process`);
    this.open.set(accountId, own + 1);
    this.total++;
    return () => {
      const left = (this.open.get(accountId) ?? 0) - 1;
      if (left > 0) this.open.set(accountId, left);
      else this.open.delete(accountId);
      this.total--;
    };
  }
}

function tooManyStreams(open: string): Problem {
  const detail = `${open}, which is the maximum. Close one of them, or poll GET /v1/activities with wait.`;
  return new Problem(HttpStatus.TOO_MANY_REQUESTS, 'too_many_streams', detail, [], { 'Retry-After': `${RETRY_AFTER}` });
}
