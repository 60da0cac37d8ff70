import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { loadPackage } from '../../lib/load-package';
import { ProblemDetails } from '../problems/problem.dto';
import { completeDocument } from './complete-document';
import { documentedRoutes, routeKey, type DocumentedRoute } from './documented-route';
import { COMMON_HEADERS } from './response-headers';
import { documentForSwaggerUi, SWAGGER_UI } from './swagger-ui';

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** Returns whether a URL belongs to the contract or to Swagger UI, whose routes are not registered by a controller. */
export function isDocumentRoute(url: string): boolean {
  return /^\/(?:docs(?:\/.*)?|openapi\.(?:json|yaml))$/.test(url);
}

/**
 * Serves the contract at /openapi.json and /openapi.yaml, and Swagger UI at /docs.
 * @param demoPassword password in the example of the login request, so that it works in the demo
 */
export function serveDocument(app: NestFastifyApplication, create: () => OpenAPIObject, demoPassword?: string): void {
  let created: OpenAPIObject | undefined;
  const document = () => (created ??= withDemoPassword(create(), demoPassword));
  SwaggerModule.setup('openapi', app, document, {
    ui: false,
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
  });
  SwaggerModule.setup('docs', app, () => documentForSwaggerUi(document()), { ...SWAGGER_UI, raw: false });
}

/**
 * Creates the contract from the code.
 * @param schemas schemas to add, by name, because no property of a DTO has them as its type
 */
export function createDocument(app: NestFastifyApplication, schemas: Readonly<Record<string, Schema>>): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('User activity reports')
    .setDescription(DESCRIPTION)
    .setVersion((loadPackage('../../package.json') as { version: string }).version)
    .setLicense('Proprietary', '')
    .addServer('/', 'This service')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'opaque', description: BEARER });
  for (const [name, description] of TAGS) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ProblemDetails],
    operationIdFactory: routeKey,
  });
  describeEnums(Object.assign(((document.components ??= {}).schemas ??= {}), schemas));
  return completeDocument(document, documentedRoutes(app), operationName);
}

/** The tags of the operations, in the order in which Swagger UI shows them. */
const TAGS = [
  ['Reports', 'The reports of the Reports center, and the activity types that they can show.'],
  ['Activity feed', 'Returns every record exactly once, in the order in which it was recorded.'],
  ['Authentication', 'Logging in and out, and managing your own password and sessions.'],
  ['API keys', 'The credentials of programs that act on behalf of the users who create them.'],
  ['Ingestion', 'Records of activities in other systems, such as another Control Panel or a batch job.'],
  ['Page views', 'The pages that frontends of the Control Panel show to users.'],
  ['Manage user access', 'Users, roles, and the privileges that roles grant.'],
  ['Account', "The settings of the merchant's account."],
  ['Catalog', 'The products that the merchant sells.'],
  ['Orders', 'The orders of shoppers, and their invoices.'],
  ['Refunds', 'Giving money back to shoppers for their orders.'],
  ['Subscriptions', 'The subscriptions of shoppers: renewals, extensions, upgrades and cancellations.'],
  ['Email Editor', 'Templates for the emails that shoppers receive: versions, previews, test emails and activation.'],
  ['Operations', 'Health checks and metrics, for load balancers, process supervisors and monitoring.'],
] as const;

const BEARER = `The token from the response of \`POST /v1/auth/login\`, or the token of an API key. An API key is
refused with 403 \`network_not_allowed\` if the request comes from outside its networks, and with 403
\`session_required\` if the operation requires a user who has logged in.`;

const DESCRIPTION = `Records the activities of the users of a merchant's Control Panel, and reports who did what,
when, to which order or subscription, and for how much.

**Authentication.** Log in with \`POST /v1/auth/login\`, and send the token from the response as
\`Authorization: Bearer …\`. In Swagger UI, executing the login is enough: the page then sends the token.

**Contract.** This document is at [/openapi.json](/openapi.json) and [/openapi.yaml](/openapi.yaml).

**Errors.** Every error response is \`application/problem+json\` (RFC 9457). Its \`code\` never changes, and
\`errors\` lists the invalid fields.

**Lists.** Most list responses are pages: \`{ data, nextCursor }\`. To get the next page, send \`nextCursor\` as
\`cursor\` with the same filter, until \`nextCursor\` is null. It is never null in the activity feed, which has no end.
Lists that cannot grow large have only \`data\`.

**Methods.** Every GET operation also takes HEAD, which checks the request and returns the headers, but reads and records
nothing. OPTIONS returns the methods of a path in the \`Allow\` header. Another method is refused with 405
\`method_not_allowed\` and the same header.

${COMMON_HEADERS}
This document at \`/openapi.json\` has an \`ETag\` too: send it as \`If-None-Match\` to get 304 until something has
changed.

**Privileges.** \`x-privileges\` lists the privileges of an operation by code; one of them is enough. \`x-activity\` is
the activity type that the operation records. \`GET /v1/privileges\` lists the codes with their labels.

**Values.** Date-times are in RFC 3339 format with an offset. Amounts are decimal strings with their currency. A whole
amount has no decimals (\`"50"\`); every other amount has all decimals of its currency (\`"19.90"\`, in KWD
\`"1.500"\`). Compare them as numbers. Requests can have fewer decimals. Ids are 26 characters long and sort by time.`;

/** The descriptions of enums that several fields have, instead of the description of one of these fields. */
const ENUM_DESCRIPTIONS = {
  ActivityColumn: 'A column of the report that depends on the activity type.',
  ActivityType: 'The code of a built-in activity type.',
  FeedStart: 'Where to start in the activity feed without a cursor.',
  Grouping: 'What a summary can be grouped by.',
  IntervalPreset: 'A named interval of whole days.',
  OrderStatus: 'The status of an order: `pending` until its payment is decided, then `finished` or `canceled`.',
  Outcome: 'How an activity ended.',
  Privilege: 'The code of a privilege.',
  ReportColumn: 'The name of a column of the CSV and XLSX files; `all` stands for all columns.',
  SortOrder: 'The order of the rows: `desc` is newest first, `asc` is oldest first.',
  SubscriptionStatus:
    'The status of a subscription: `active`, `canceled` by a representative, or `expired` without a renewal.',
} as const;

/** Sets the descriptions of enums. Some are missing without Nest's compiler plugin, as in tests. */
function describeEnums(schemas: Readonly<Record<string, Schema>>): void {
  for (const [name, description] of Object.entries(ENUM_DESCRIPTIONS)) {
    const schema = schemas[name];
    if (schema) Object.assign(schema, { description });
  }
}

/** Sets the password in the example of the login request. */
function withDemoPassword(document: OpenAPIObject, password: string | undefined): OpenAPIObject {
  const schema = document.components?.schemas?.Credentials;
  if (password === undefined || !schema || '$ref' in schema) return document;
  const example = schema.properties?.password;
  if (example && !('$ref' in example)) example.example = password;
  return document;
}

function operationName({ controller, name }: DocumentedRoute): string {
  return `${lowerFirst(controller.name.replace(/Controller$/, ''))}.${name}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
