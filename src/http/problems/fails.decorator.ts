import { SetMetadata, type Type } from '@nestjs/common';
import { lookUp } from '../../lib/elements';
import { PROBLEM_CATALOGUE, type CataloguedProblem, type ProblemCode } from './problem-catalogue';

/** A problem that a route answers: its code, and what differs from the catalogue where the route knows better. */
export type DeclaredProblem =
  ProblemCode | { readonly code: ProblemCode; readonly status?: number; readonly detail?: string };

/** What declares problems of a route. The method's declaration replaces that of its controller, source by source. */
const SOURCES = ['the route', 'access', 'people only', 'body limit', 'idempotency', 'availability'] as const;
export type ProblemSource = (typeof SOURCES)[number];

type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** Declares which problems a route answers for one reason; for the decorators that are that reason. */
export function declareProblems(
  source: ProblemSource,
  ...problems: readonly DeclaredProblem[]
): ClassOrMethodDecorator {
  return SetMetadata(keyOf(source), problems);
}

/**
 * Declares the problems of a route's own rules, for the contract. On the class of a query or a body: those of every route that
 * takes it.
 */
export function Fails(...problems: [DeclaredProblem, ...DeclaredProblem[]]): ClassOrMethodDecorator {
  return declareProblems('the route', ...problems);
}

/** Declares why a route may be unavailable, where it needs less than the whole service with its database. */
export function UnavailableFor(...problems: [ProblemCode, ...ProblemCode[]]): MethodDecorator {
  return declareProblems('availability', ...problems);
}

/** The problems that one source declares of a route, or undefined where it declares nothing. */
export function problemsFrom(
  source: ProblemSource,
  handler: object,
  controller: Type,
): CataloguedProblem[] | undefined {
  const declared = (Reflect.getMetadata(keyOf(source), handler) ?? Reflect.getMetadata(keyOf(source), controller)) as
    readonly DeclaredProblem[] | undefined;
  return declared?.map(catalogued);
}

/** The problems that are declared of a route, from every source. */
export function declaredProblems(handler: object, controller: Type): CataloguedProblem[] {
  return SOURCES.flatMap((source) => problemsFrom(source, handler, controller) ?? []);
}

/** The problem with everything that the catalogue knows of it. */
export function catalogued(problem: DeclaredProblem): CataloguedProblem {
  const known = lookUp(PROBLEM_CATALOGUE, typeof problem === 'string' ? problem : problem.code);
  return typeof problem === 'string' ? known : { ...known, ...problem };
}

function keyOf(source: ProblemSource): string {
  return `problems:${source}`;
}
