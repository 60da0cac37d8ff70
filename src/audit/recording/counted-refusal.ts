import { Problem } from '../../http/problems/problem';

/** A refusal without a record of its own: it is counted, and one record with the number of refusals follows. */
export class CountedRefusal extends Problem {
  /** Returns a counted refusal with the same response as a refusal that is recorded. */
  static of({ status, code, detail, errors, headers }: Problem): CountedRefusal {
    return new CountedRefusal(status, code, detail, errors, headers);
  }
}
