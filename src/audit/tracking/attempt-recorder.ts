import { HttpStatus, Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import { OutcomeUnknown } from '../../database/transaction';
import { UnitOfWork } from '../../database/unit-of-work';
import { Problem } from '../../http/problems/problem';
import { CountedRefusal } from '../recording/counted-refusal';
import { CurrentActivity } from '../recording/current-activity';
import { Recorder, RecordingFailed } from '../recording/recorder';
import type { Attempt, TrackedRoute } from './tracked.decorator';

const UNRECORDED = [RecordingFailed, OutcomeUnknown, CountedRefusal] as const;

/** Records attempts that came to nothing: failed ones after their rollback, denied ones from the guard. */
@Injectable()
export class AttemptRecorder {
  constructor(
    private readonly context: RequestContext,
    private readonly unitOfWork: UnitOfWork,
    private readonly current: CurrentActivity,
    private readonly recorder: Recorder,
  ) {}

  /**
   * Records why an attempt came to nothing, in a transaction of its own. Nothing is recorded of nobody: an unknown
   * e-mail belongs to no account. What could not be recorded a moment ago is not tried again. Neither is there a record of an
   * action that may have been committed, because it would then have one that says success and one that says failure, nor of
   * one that was counted, because a record with the number follows.
   */
  async record(route: TrackedRoute, attempt: Attempt, error: unknown): Promise<void> {
    if (!this.context.knownActor || UNRECORDED.some((type) => error instanceof type)) return;
    const described = this.current.description;
    const { details, ...fields } = { ...route.attempted(attempt), ...described?.fields };
    await this.unitOfWork.commitSeparately(() =>
      this.recorder.record({
        type: described?.type ?? route.typeOf(attempt),
        outcome: statusOf(error) === HttpStatus.FORBIDDEN ? 'denied' : 'failure',
        fields: { ...fields, details: { ...details, error: codeOf(error) } },
      }),
    );
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Problem ? error.status : undefined;
}

/** The stable code of the error; what the error says itself may hold anything and stays out of the record. */
function codeOf(error: unknown): string {
  return error instanceof Problem ? error.code : 'internal_error';
}
