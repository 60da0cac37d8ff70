import { Problem } from '../../http/problems/problem';

/** A refusal that has no record of its own: it was counted, and one record will tell how many there were. */
export class CountedRefusal extends Problem {
  /** The same answer as that of a refusal that is recorded. */
  static of({ status, code, detail, errors, headers }: Problem): CountedRefusal {
    return new CountedRefusal(status, code, detail, errors, headers);
  }
}
