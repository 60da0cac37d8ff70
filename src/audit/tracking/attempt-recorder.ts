import { HttpStatus, Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { OutcomeUnknown } from '../../database/transaction';
import { Problem } from '../../http/problems/problem';
import { CountedRefusal } from '../recording/counted-refusal';
import { CurrentActivity } from '../recording/current-activity';
import { Recorder, RecordingFailed } from '../recording/recorder';
import type { Attempt, TrackedRoute } from './tracked-route';

/** Errors after which `record` writes nothing. */
const UNRECORDED_ERRORS = [RecordingFailed, OutcomeUnknown, CountedRefusal] as const;

/** Records attempts that did not succeed: failed ones after their rollback, and denied ones for the guard. */
@Injectable()
export class AttemptRecorder {
  constructor(
    private readonly context: RequestContext,
    private readonly current: CurrentActivity,
    private readonly recorder: Recorder,
  ) {}

  /**
   * Records a failed or denied attempt, and commits the record. Writes no record in four cases: the actor is
   * unknown, so the attempt belongs to no account; the record of the action could not be written just now; the action
   * may have been committed, with a record of its success; the refusal was counted, and a record with the number of
   * refusals follows.
   */
  async record(route: TrackedRoute, attempt: Attempt, error: unknown): Promise<void> {
    if (!this.context.knownActor || UNRECORDED_ERRORS.some((type) => error instanceof type)) return;
    const described = this.current.description;
    const { details, ...fields } = { ...route.describeAttempt(attempt), ...described?.fields };
    await this.recorder.commit({
      type: described?.type ?? route.typeOf(attempt),
      outcome: statusOf(error) === HttpStatus.FORBIDDEN ? 'denied' : 'failure',
      fields: { ...fields, details: { ...details, error: codeOf(error) } },
    });
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Problem ? error.status : undefined;
}

/** Returns the stable code of an error. The error's message can contain anything, so it stays out of the record. */
function codeOf(error: unknown): string {
  return error instanceof Problem ? error.code : 'internal_error';
}
