import type { Bench } from '../bench';
import type { Result } from '../result';

/** A goal of performance, which is measured by itself. */
export interface Goal {
  /** Such as P1. */
  readonly id: string;
  /** Printed when the measurement begins. */
  readonly title: string;
  measure(bench: Bench): Promise<readonly Result[]>;
}
