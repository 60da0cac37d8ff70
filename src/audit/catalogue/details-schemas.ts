import { getSchemaPath } from '@nestjs/swagger';
import { detailsOf } from './activity-details';
import { ACTIVITY_TYPES, catalogueEntry, type ActivityType } from './activity-type';
import { propertiesOf, type Details, type Schema } from './details/detail';
import { SENT_RECORD_DETAILS } from './details/report-details';

/** The name of the schema of the details of records that other systems sent. */
const SENT_RECORD = 'SentRecordDetails';

/** The built-in activity types whose records can have details. */
const DETAILED_TYPES = ACTIVITY_TYPES.filter((type) => Object.keys(detailsOf(type)).length > 0);

/** The schema of the details of any record. They match at least one of the schemas of the activity types. */
const ANY: Schema = {
  type: 'object',
  anyOf: [...DETAILED_TYPES.map(schemaName), SENT_RECORD].map((name) => ({ $ref: getSchemaPath(name) })),
};

/** A reference to that schema. */
export const ANY_DETAILS = { $ref: getSchemaPath('ActivityDetails') };

/** Returns the schemas of the contract for the details of each activity type, and of any record, by name. */
export function detailsSchemas(): Record<string, Schema> {
  const builtIn = DETAILED_TYPES.map((type) => {
    const description = `The details of a record of \`${type}\` (${catalogueEntry(type).label}).`;
    return [schemaName(type), schemaOf(description, detailsOf(type))];
  });
  const description = 'The details of a record that another system sent, whatever its activity type.';
  return {
    ...(Object.fromEntries(builtIn) as Record<string, Schema>),
    [SENT_RECORD]: schemaOf(description, SENT_RECORD_DETAILS),
    ActivityDetails: ANY,
  };
}

function schemaOf(description: string, details: Details): Schema {
  return { type: 'object', description, properties: propertiesOf(details) };
}

/** Returns the name of the schema of an activity type's details: `RefundRequestedDetails`. */
function schemaName(type: ActivityType): string {
  const words = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Details`;
}
