import type { Type } from '@nestjs/common';
import { tooLargeMessage } from '../problems/body-too-large';
import { catalogued, problemsFrom, type DeclaredProblem } from '../problems/fails.decorator';
import type { CataloguedProblem } from '../problems/problem-catalogue';
import type { FieldProblem } from '../problems/problem';
import { inQuery, readableName } from '../problems/request-field';
import { PUBLIC_BODY_LIMIT } from '../server/body-limit.decorator';
import { takenForms, type DocumentedRoute } from './documented-route';
import { fieldRules } from './field-rules';

/** A problem of an operation, with the field that an example of it names. */
export interface OperationProblem extends CataloguedProblem {
  readonly errors?: readonly FieldProblem[];
}

/** What any request may be refused for, before its route runs. */
const OF_EVERY_REQUEST = ['request_malformed', 'expectation_failed', 'headers_too_large'] as const;
/** What a route answers while the service or its database is away, unless it says that it needs less. */
const UNAVAILABLE = [
  'activity_not_recorded',
  'database_busy',
  'database_unavailable',
  'not_ready',
  'too_many_connections',
] as const;
const OF_BODIES = [
  'body_too_deep',
  'body_too_wide',
  'request_timeout',
  'media_type_unsupported',
  'content_encoding_unsupported',
] as const;
/** What any text of a request may be refused for. */
const OF_TEXTS = ['text_malformed', 'card_number_refused'] as const;
/** What objects may be refused for that have fields of the client's choice. */
const OF_FIELDS = ['field_unknown', 'validation_failed'] as const;

/** Rules that no text of an address can break, and no address without the field can be of its route. */
const NEVER_OF_PATHS = ['required', 'not_a_text'];

/** The problems that follow from what a route reads of a request. */
export function requestProblems(route: DocumentedRoute, isPublic: boolean): OperationProblem[] {
  const { body, query, path } = takenForms(route);
  const { handler, controller } = route;
  return [
    ...all(OF_EVERY_REQUEST),
    ...(problemsFrom('availability', handler, controller) ?? all(UNAVAILABLE)),
    ...(body ? [...all(OF_BODIES), ...all(OF_TEXTS), ...all(OF_FIELDS), ...body.flatMap(formProblems)] : []),
    ...(body ? [notAnObject(), ...bodyTooLarge(route, isPublic)] : []),
    ...(query ? [...all(OF_TEXTS), ...all(OF_FIELDS), ...parameterProblems(query)] : []),
    ...(path
      ? [...all(OF_TEXTS), ...parameterProblems(path).filter(({ code }) => !NEVER_OF_PATHS.includes(code))]
      : []),
  ];
}

function formProblems(form: Type): OperationProblem[] {
  const ofFields = [...fieldRules(form)].map((error): OperationProblem => {
    const { code, message } = error;
    return { code, status: 400, detail: message, errors: [error] };
  });
  return [...ofFields, ...(problemsFrom('the route', form, form) ?? [])];
}

/** A parameter has its plain name in an error, not a pointer into the body. */
function parameterProblems(form: Type): OperationProblem[] {
  return formProblems(form).map(({ errors, ...problem }) => ({
    ...problem,
    ...(errors && { errors: errors.map((error) => ({ ...error, field: inQuery(readableName(error.field)) })) }),
  }));
}

function notAnObject(): CataloguedProblem {
  return catalogued('not_an_object');
}

/** A route without a limit of its own has that of its access. */
function bodyTooLarge({ handler, controller }: DocumentedRoute, isPublic: boolean): CataloguedProblem[] {
  if (problemsFrom('body limit', handler, controller)) return [];
  return [catalogued({ code: 'body_too_large', ...(isPublic && { detail: tooLargeMessage(PUBLIC_BODY_LIMIT) }) })];
}

function all(problems: readonly DeclaredProblem[]): CataloguedProblem[] {
  return problems.map(catalogued);
}
