import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemDetails } from '../problems/problem.dto';
import { completed } from './completed-document';
import { documentedRoutes, routeKey, type DocumentedRoute } from './documented-route';

/** Whether a route serves the contract or Swagger UI, whose routes are none of Nest's. */
export function isDocumentRoute(url: string): boolean {
  return /^\/(?:docs(?:\/.*)?|openapi\.(?:json|yaml))$/.test(url);
}

/** Serves the contract at /openapi.json, and Swagger UI at /docs. `demoPassword` goes into the example of a login. */
export function serveDocument(app: NestFastifyApplication, create: () => OpenAPIObject, demoPassword?: string): void {
  SwaggerModule.setup('docs', app, () => withDemoPassword(create(), demoPassword), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'User activity reports',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true, tryItOutEnabled: true },
  });
}

/**
 * The contract, as the code says it.
 * @param enums lists of values, by their names, that no DTO brings because no property is limited to them
 */
export function createDocument(
  app: NestFastifyApplication,
  enums: Readonly<Record<string, readonly string[]>>,
): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setTitle('User activity reports')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Proprietary', '')
    .addServer('/', 'This service')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: BEARER })
    .addTag('Authentication', 'Logging in and out, and the own password and sessions.')
    .addTag('API keys', 'What programs sign in with, on behalf of the users who make them.')
    .addTag('Reports', 'The Reports center and its reports.')
    .addTag('Ingestion', 'Records of what happened in other systems, such as another Control Panel or a batch job.')
    .addTag('Manage user access', 'Users, roles, and what roles may allow.')
    .addTag('Account', "The merchant's account.")
    .addTag('Email Editor', 'Templates of the mails that shoppers get: drafts, history, previews, activation.')
    .addTag('Page views', 'What users look at in frontends of the Control Panel.')
    .addTag('Operations', 'For whatever starts, stops and watches the service.')
    .build();
  const document = SwaggerModule.createDocument(app, settings, {
    extraModels: [ProblemDetails],
    operationIdFactory: routeKey,
  });
  for (const [name, values] of Object.entries(enums))
    document.components!.schemas![name] = { type: 'string', enum: [...values] };
  return completed(document, documentedRoutes(app), operationName);
}

const BEARER = `The token that \`POST /v1/auth/login\` answers, or the token of an API key. A key is refused outside of its
networks with 403 \`network_not_allowed\`, and with \`session_required\` where only a user who logged in may be.`;

const DESCRIPTION = `Records what the users of a merchant's Control Panel do, and answers who did what, when, to which order or
subscription, for how much.

Log in with \`POST /v1/auth/login\`, press **Authorize**, and paste the token of the answer.

Every error is \`application/problem+json\` (RFC 9457) with a stable \`code\`, and \`errors\` that name each wrong field.
Lists answer \`{ data, nextCursor }\`: pass \`nextCursor\` as \`cursor\`, with the same filter, until it is null.`;

/** In the demo, the example of a login works as it stands. */
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
