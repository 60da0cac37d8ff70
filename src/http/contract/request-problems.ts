import type { Type } from '@nestjs/common';
import { tooLargeMessage } from '../problems/body-too-large';
import { findInCatalogue, problemsFrom, type DeclaredProblem } from '../problems/fails.decorator';
import type { CataloguedProblem } from '../problems/problem-catalogue';
import type { FieldProblem } from '../problems/problem';
import { inQuery, readableName } from '../problems/request-field';
import { PUBLIC_BODY_LIMIT } from '../server/body-limit.decorator';
import { refusesParameters } from '../validation/unknown-parameters';
import { requestDtos, type DocumentedRoute } from './documented-route';
import { fieldRules } from './field-rules';

/** A problem of an operation in the contract. */
export interface OperationProblem extends CataloguedProblem {
  /** The errors in its example, if it is a problem of a field. */
  readonly errors?: readonly FieldProblem[];
}

/** Problems of every request, found before its route runs. */
const REQUEST_PROBLEMS = ['request_malformed', 'expectation_failed', 'headers_too_large'] as const;
/** Problems of a route while the service or its database is unavailable, unless `@UnavailableFor` declares others. */
export const AVAILABILITY_PROBLEMS = [
  'activity_not_recorded',
  'database_busy',
  'database_unavailable',
  'not_ready',
  'outcome_unknown',
  'too_many_connections',
] as const;
/** Problems of every request with a body. */
const BODY_PROBLEMS = [
  'body_too_deep',
  'body_too_wide',
  'request_timeout',
  'media_type_unsupported',
  'content_encoding_unsupported',
] as const;
/** Problems of every text in a request. */
const TEXT_PROBLEMS = ['text_malformed', 'card_number_refused'] as const;
/** Problems of every object whose field names the client chooses. */
const FIELD_PROBLEMS = ['field_unknown', 'validation_failed'] as const;

/** Codes that a path parameter cannot have: it is always a text, and a path without it belongs to another route. */
const CODES_IMPOSSIBLE_IN_PATHS = ['required', 'not_a_text'];

/**
 * Returns the problems that follow from the parts of a request that a route reads, and from its DTOs.
 * @param url path of the operation in the contract
 */
export function requestProblems(route: DocumentedRoute, url: string, isPublic: boolean): OperationProblem[] {
  const { body, query, path } = requestDtos(route);
  const checksQuery = query !== undefined || refusesParameters(url, false);
  const { handler, controller } = route;
  return [
    ...findAll(REQUEST_PROBLEMS),
    ...(problemsFrom('availability', handler, controller) ?? findAll(AVAILABILITY_PROBLEMS)),
    ...(body
      ? [...findAll(BODY_PROBLEMS), ...findAll(TEXT_PROBLEMS), ...findAll(FIELD_PROBLEMS), ...body.flatMap(dtoProblems)]
      : []),
    ...(body ? [notAnObject(), ...bodyTooLarge(route, isPublic)] : []),
    ...(checksQuery ? [...findAll(TEXT_PROBLEMS), ...findAll(FIELD_PROBLEMS)] : []),
    ...(query ? parameterProblems(query) : []),
    ...(path
      ? [
          ...findAll(TEXT_PROBLEMS),
          ...parameterProblems(path).filter(({ code }) => !CODES_IMPOSSIBLE_IN_PATHS.includes(code)),
        ]
      : []),
  ];
}

/** Returns the problems of a DTO's fields, and those that `@Fails` declares on its class. */
function dtoProblems(dto: Type): OperationProblem[] {
  const ofFields = [...fieldRules(dto)].map((error): OperationProblem => {
    const { code, message } = error;
    return { code, status: 400, detail: message, errors: [error] };
  });
  return [...ofFields, ...(problemsFrom('the route', dto, dto) ?? [])];
}

/**
 * Returns the problems of a DTO of parameters, whose errors have the name of the parameter instead of a JSON pointer.
 */
function parameterProblems(dto: Type): OperationProblem[] {
  return dtoProblems(dto).map(({ errors, ...problem }) => ({
    ...problem,
    ...(errors && { errors: errors.map((error) => ({ ...error, field: inQuery(readableName(error.field)) })) }),
  }));
}

function notAnObject(): CataloguedProblem {
  return findInCatalogue('not_an_object');
}

/** Returns the problem of a body that exceeds the default limit, for routes without `@BodyLimit`. */
function bodyTooLarge({ handler, controller }: DocumentedRoute, isPublic: boolean): CataloguedProblem[] {
  if (problemsFrom('body limit', handler, controller)) return [];
  return [findInCatalogue({ code: 'body_too_large', ...(isPublic && { detail: tooLargeMessage(PUBLIC_BODY_LIMIT) }) })];
}

function findAll(problems: readonly DeclaredProblem[]): CataloguedProblem[] {
  return problems.map(findInCatalogue);
}
