import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemDetails } from './common/problem.dto';
import type { Config } from './config/config';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = Operation['responses'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Serves the contract at /openapi.json, and Swagger UI at /docs. */
export function serveDocument(app: NestFastifyApplication, config: Config): void {
  SwaggerModule.setup('docs', app, () => withDemoPassword(createDocument(app), config.DEMO_PASSWORD), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'User activity reports',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tryItOutEnabled: true },
  });
}

/** The contract, as the code says it. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('User activity reports')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Proprietary', 'https://example.com/license')
    .addServer('/', 'This service')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The token that `POST /v1/auth/login` answers.' })
    .addTag('Authentication', 'Logging in and out.')
    .addTag('Reports', 'The Reports center and its reports.')
    .addTag('Manage user access', 'Users, roles, and what roles may allow.')
    .addTag('Account', "The merchant's account.")
    .addTag('Operations', 'For whatever starts, stops and watches the service.')
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    extraModels: [ProblemDetails],
    operationIdFactory: (controller, method) => `${lowerFirst(controller.replace(/Controller$/, ''))}.${method}`,
  });
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) if (path[method]) complete(path[method]);
  }
  return document;
}

const DESCRIPTION = `Records what the users of a merchant's Control Panel do, and answers who did what, when, to which order or
subscription, for how much.

Log in with \`POST /v1/auth/login\`, press **Authorize**, and paste the token of the answer.

Every error is \`application/problem+json\` (RFC 9457) with a stable \`code\`, and \`errors\` that name each wrong field.
Lists answer \`{ data, nextCursor }\`: pass \`nextCursor\` as \`cursor\`, with the same filter, until it is null.`;

/** Adds what holds for every operation: a summary, and the problems that it may answer. */
function complete(operation: Operation): void {
  operation.summary ??= operation.description?.split(/(?<=[.:])\s/)[0]?.replace(/[.:]$/, '') ?? '';
  operation.operationId = OPERATION_IDS[operation.operationId ?? ''] ?? operation.operationId;
  const isOpen = !operation.security?.length;
  const isRecorded = operation.operationId !== 'health.live' && operation.operationId !== 'metrics.read';
  const inPath = operation.parameters?.some((parameter) => 'in' in parameter && parameter.in === 'path');
  const takesInput = operation.requestBody !== undefined || (operation.parameters?.length ?? 0) > 0;
  const problems: Record<string, string | false | undefined> = {
    400: takesInput && 'The request is malformed; `errors` names each wrong field.',
    401:
      operation.operationId === 'auth.login'
        ? 'The e-mail or the password is wrong.'
        : !isOpen && 'No token, or one that is not valid any more.',
    403: 'x-privileges' in operation && `It needs the privilege ${privilegesOf(operation)}; the attempt is recorded.`,
    404: (inPath || operation.operationId === 'reports.usersActivity') && 'It does not exist, or not in this account.',
    406: operation.operationId === 'reports.usersActivity' && 'The client accepts neither JSON nor CSV.',
    429: operation.operationId === 'auth.login' && 'Too many failed logins: wait for as long as Retry-After says.',
    503: isRecorded && 'The database is away: nothing was done. Try again after Retry-After.',
  };
  const responses: Responses = operation.responses;
  for (const [status, description] of Object.entries(problems)) {
    if (description) responses[status] ??= { description };
  }
  for (const [status, response] of Object.entries(responses)) {
    if (Number(status) >= 400 && response && !('$ref' in response)) {
      response.content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemDetails' } } };
    } else if (response && 'description' in response && !response.description) {
      response.description = status === '204' ? 'Done; there is nothing to answer.' : 'Done.';
    }
  }
}

/** Where a controller's name would make a poor method name in a generated client. */
const OPERATION_IDS: Partial<Record<string, string>> = { 'usersActivity.usersActivity': 'reports.usersActivity' };

function privilegesOf(operation: Operation): string {
  const privileges = (operation as unknown as { 'x-privileges': string[] })['x-privileges'];
  return privileges.map((privilege) => `\`${privilege}\``).join(' or ');
}

/** In the demo, the example of a login works as it stands. */
function withDemoPassword(document: OpenAPIObject, password: string | undefined): OpenAPIObject {
  const schema = document.components?.schemas?.Credentials;
  if (password === undefined || !schema || '$ref' in schema) return document;
  const example = schema.properties?.password;
  if (example && !('$ref' in example)) example.example = password;
  return document;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
