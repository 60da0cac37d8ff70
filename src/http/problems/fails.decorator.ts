import { SetMetadata, type Type } from '@nestjs/common';
import { lookUp } from '../../lib/elements';
import { PROBLEM_CATALOGUE, type CataloguedProblem, type ProblemCode } from './problem-catalogue';

/** A problem that a route can have: its code, and its status or detail if they differ from those in the catalogue. */
export type DeclaredProblem =
  ProblemCode | { readonly code: ProblemCode; readonly status?: number; readonly detail?: string };

/**
 * The reasons for which decorators declare problems. For each of them, the declaration of a method replaces the one of
 * its controller.
 */
const SOURCES = ['the route', 'access', 'people only', 'body limit', 'idempotency', 'availability'] as const;
export type ProblemSource = (typeof SOURCES)[number];

type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/**
 * Declares the problems of a route that have one source. Used by the decorator that causes them, such as `@BodyLimit`.
 */
export function declareProblems(
  source: ProblemSource,
  ...problems: readonly DeclaredProblem[]
): ClassOrMethodDecorator {
  return SetMetadata(keyOf(source), problems);
}

/**
 * Declares the problems of a route's own rules, for the contract. On a DTO, it declares those of every route that takes
 * the DTO.
 */
export function Fails(...problems: [DeclaredProblem, ...DeclaredProblem[]]): ClassOrMethodDecorator {
  return declareProblems('the route', ...problems);
}

/** Declares the 503 problems of a route that does not need the whole service with its database. */
export function UnavailableFor(...problems: [ProblemCode, ...ProblemCode[]]): MethodDecorator {
  return declareProblems('availability', ...problems);
}

/** Returns the problems of a route that have one source, or undefined if there is no declaration. */
export function problemsFrom(
  source: ProblemSource,
  handler: object,
  controller: Type,
): CataloguedProblem[] | undefined {
  const declared = (Reflect.getMetadata(keyOf(source), handler) ?? Reflect.getMetadata(keyOf(source), controller)) as
    readonly DeclaredProblem[] | undefined;
  return declared?.map(findInCatalogue);
}

/** Returns the problems of a route from all sources. */
export function declaredProblems(handler: object, controller: Type): CataloguedProblem[] {
  return SOURCES.flatMap((source) => problemsFrom(source, handler, controller) ?? []);
}

/** Finds a problem in the catalogue, and replaces what its declaration replaces. */
export function findInCatalogue(problem: DeclaredProblem): CataloguedProblem {
  const entry = lookUp(PROBLEM_CATALOGUE, typeof problem === 'string' ? problem : problem.code);
  return typeof problem === 'string' ? entry : { ...entry, ...problem };
}

function keyOf(source: ProblemSource): string {
  return `problems:${source}`;
}
