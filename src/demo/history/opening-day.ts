import type { RecordedAction } from '../../audit/recording/activity-row';
import type { DemoUser } from '../accounts/demo-accounts';
import type { DemoWorld } from './demo-world';

/** What a user does on the morning before the first working day. */
type Opening = (at: Date, user: DemoUser) => RecordedAction;

/** Returns what the manager sets up first, in this order. */
export function openingOfManager({ settings, apiKeys, templates }: DemoWorld): Opening[] {
  return [
    () => settings.setTimeZone(),
    (at) => settings.createExampleType(at),
    ...templates.examples,
    (at) => apiKeys.createExample(at),
  ];
}

/** Returns what the first representative does: the order of the contract's examples. */
export function openingOfSupport({ orders }: DemoWorld): Opening[] {
  return [(at) => orders.placeExample(at)];
}
