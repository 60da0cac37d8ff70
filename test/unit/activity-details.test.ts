import { readDetails } from '../../src/activities/rows/recorded-details';
import { CurrentActivity } from '../../src/audit/recording/current-activity';
import { detailsOf } from '../../src/audit/catalogue/activity-details';
import { ACTIVITY_TYPES, ActivityType } from '../../src/audit/catalogue/activity-type';
import { detailsSchemas } from '../../src/audit/catalogue/details-schemas';
import { RequestContext } from '../../src/context/request-context';

describe('the catalogue of details', () => {
  const details = ACTIVITY_TYPES.flatMap((type) =>
    Object.entries(detailsOf(type)).map(([name, detail]) => [`${type} ${name}`, detail] as const),
  );

  it('describes each detail in a sentence, with an example', () => {
    expect(details.filter(([, { description }]) => !/^[A-Z].{10,}\.$/.test(description)).map(([name]) => name)).toEqual(
      [],
    );
    expect(details.filter(([, { example }]) => example === undefined || example === '')).toEqual([]);
  });

  it('has a schema for each activity type with details, for records of other systems, and for all of them', () => {
    const detailed = ACTIVITY_TYPES.filter((type) => Object.keys(detailsOf(type)).length > 0);
    const schemas = detailsSchemas();
    expect(Object.keys(schemas)).toHaveLength(detailed.length + 2);
    expect(schemas).toMatchObject({
      SubscriptionRecurringBillingStoppedDetails: { properties: { reason: { example: 'shopper_request' } } },
      ActivityDetails: { anyOf: expect.arrayContaining([{ $ref: '#/components/schemas/SentRecordDetails' }]) },
      SentRecordDetails: { properties: { key: { type: 'string' } } },
    });
  });

  it('decides which details an action can describe: TypeScript refuses others', () => {
    const activity = new CurrentActivity(new RequestContext());
    activity.describe(ActivityType.RoleCreated, { comment: 'Desk', details: { privileges: ['orders'] } });
    // @ts-expect-error: not a detail of this activity type
    activity.describe(ActivityType.RoleCreated, { comment: 'Desk', details: { surprise: 1 } });
    const spread = { privileges: [], surprise: 1 };
    // @ts-expect-error: not a detail of this activity type, although no literal has it
    activity.describe(ActivityType.RoleCreated, { comment: 'Desk', details: { roleId: 'id', ...spread } });
    // @ts-expect-error: a value of another type
    activity.describe(ActivityType.RoleCreated, { comment: 'Desk', details: { privileges: 'orders' } });
    // @ts-expect-error: a column is missing
    activity.describe(ActivityType.RoleCreated, { details: { privileges: ['orders'] } });
    expect(activity.description).toBeUndefined();
  });
});

describe('the details of a stored record', () => {
  it.each([
    ['nothing', null, { failureCode: null, details: {} }],
    ['nothing but a failure', '{"error":"role_in_use"}', { failureCode: 'role_in_use', details: {} }],
    ['what a newer record does not have', '{"with":"order"}', { failureCode: null, details: { with: 'order' } }],
    [
      'a record of another system',
      '{"key":"crm-1","fingerprint":"abc","senderId":"01J","userEmail":"nadia@night-shift.example"}',
      { failureCode: null, details: { key: 'crm-1', senderId: '01J' } },
    ],
  ])('are shown: %s', (_, stored, shown) => {
    expect(readDetails(stored)).toEqual(shown);
  });
});
