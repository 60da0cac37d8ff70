import { Injectable } from '@nestjs/common';
import { RequestContext } from '../../context/request-context';
import type { DetailsOf } from '../catalogue/activity-details';
import type { ActivityFields, FieldsOf } from '../catalogue/activity-fields';
import type { ActivityType } from '../catalogue/activity-type';
import { findChanges } from './find-changes';

/** The activity type and the fields with which the running action has described itself. */
export interface ActivityDescription {
  readonly type: ActivityType;
  readonly fields: Partial<ActivityFields>;
}

/** The activity types that a request can be recorded as, and its description so far. */
interface Holder {
  readonly types: readonly ActivityType[];
  description: ActivityDescription | undefined;
}

const DESCRIPTION = Symbol('description of the activity');

/** Collects the details of the audit record that belongs to the current request. */
@Injectable()
export class CurrentActivity {
  constructor(private readonly context: RequestContext) {}

  /**
   * Describes the running action. A field that was described before is replaced.
   * @throws Error when the route tracks another type
   */
  describe<Type extends ActivityType, Given extends DetailsOf<Type>>(type: Type, fields: FieldsOf<Type, Given>): void {
    const holder = this.holder;
    if (!holder) return;
    assertTracked(type, holder.types);
    holder.description = { type, fields: { ...holder.description?.fields, ...fields } };
  }

  /**
   * Adds the fields that the action changed to the details, with their old and new values. Call it after `describe`.
   */
  describeChanges<State extends object>(before: State, after: State): void {
    const holder = this.holder;
    if (!holder?.description) return;
    const { type, fields } = holder.description;
    const details = { ...fields.details, changes: findChanges(before, after) };
    holder.description = { type, fields: { ...fields, details } };
  }

  /**
   * Begins an action.
   * @param types the types that the route tracks; the action is described as one of them
   */
  begin(types: readonly ActivityType[]): void {
    const holder: Holder = { types, description: undefined };
    this.context.set(DESCRIPTION, holder);
  }

  /**
   * Returns a function to call before each attempt of a transaction. The first call saves the description;
   * each later call restores it, because the previous attempt was rolled back.
   */
  savepoint(): () => void {
    let saved: { readonly description: ActivityDescription | undefined } | undefined;
    return () => {
      const holder = this.holder;
      if (!holder) return;
      saved ??= { description: holder.description };
      holder.description = saved.description;
    };
  }

  get description(): ActivityDescription | undefined {
    return this.holder?.description;
  }

  private get holder(): Holder | undefined {
    return this.context.get(DESCRIPTION) as Holder | undefined;
  }
}

function assertTracked(type: ActivityType, types: readonly ActivityType[]): void {
  if (types.includes(type)) return;
  throw new Error(
    `The route is tracked as ${types.join(' or ')}, but the action describes itself as ${type}. Give both the same type; ` +
      'a more precise one is declared with `@Tracked(…, { alternatives: […] })`.',
  );
}
