import type { INestApplication, Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { bodyFormsOf } from './body-forms.decorator';

/** The method of a controller that answers an operation, which has the declarations of its decorators. */
export interface DocumentedRoute {
  readonly controller: Type;
  readonly name: string;
  readonly handler: object;
}

/** Classes that the parts of a request are checked against; undefined where the route does not read that part. */
export interface TakenForms {
  readonly body: readonly Type[] | undefined;
  readonly query: Type | undefined;
  readonly path: Type | undefined;
}

/** What a route is called until its operation has its own id. */
export function routeKey(controller: string, method: string): string {
  return `${controller}.${method}`;
}

/** All routes of the controllers, by `routeKey`. */
export function documentedRoutes(app: INestApplication): Map<string, DocumentedRoute> {
  const scanner = new MetadataScanner();
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap(({ controllers: found }) => [...found.values()].map(({ metatype }) => metatype));
  const routes = controllers.flatMap((controller) => {
    const prototype = (controller as Type).prototype as Record<string, object>;
    return scanner.getAllMethodNames(prototype).flatMap((name): DocumentedRoute[] => {
      const handler = prototype[name];
      if (!handler || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      return [{ controller: controller as Type, name, handler }];
    });
  });
  return new Map(routes.map((route) => [routeKey(route.controller.name, route.name), route]));
}

/** What a route reads of a request, by the types of its parameters. */
export function takenForms({ controller, name, handler }: DocumentedRoute): TakenForms {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ?? []) as Type[];
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as object;
  const typeOf = (kind: RouteParamtypes) => {
    const key = Object.keys(parameters).find((candidate) => candidate.startsWith(`${kind}:`));
    return key === undefined ? undefined : types[Number(key.split(':')[1])];
  };
  const body = typeOf(RouteParamtypes.BODY);
  return {
    body: bodyFormsOf(handler) ?? (body && [body]),
    query: typeOf(RouteParamtypes.QUERY),
    path: typeOf(RouteParamtypes.PARAM),
  };
}
