import type { INestApplication, Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { bodyDtosOf } from './body-dtos.decorator';

/** A route of the contract. Its controller and its method carry the metadata of the decorators. */
export interface DocumentedRoute {
  readonly controller: Type;
  /** Name of the method. */
  readonly name: string;
  readonly handler: object;
}

/** The DTOs of the parts of a request; undefined for a part that the route does not read. */
export interface RequestDtos {
  readonly body: readonly Type[] | undefined;
  readonly query: Type | undefined;
  readonly path: Type | undefined;
}

/** Returns the key of a route, which is its operation id in the document that Nest creates. */
export function routeKey(controller: string, method: string): string {
  return `${controller}.${method}`;
}

/** Finds the routes of all controllers, by `routeKey`. */
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

/** Returns the DTOs of a route: the types of its parameters, or those that `@BodyDtos` declares. */
export function requestDtos({ controller, name, handler }: DocumentedRoute): RequestDtos {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ?? []) as Type[];
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as object;
  const typeOf = (kind: RouteParamtypes) => {
    const key = Object.keys(parameters).find((candidate) => candidate.startsWith(`${kind}:`));
    return key === undefined ? undefined : types[Number(key.split(':')[1])];
  };
  const body = typeOf(RouteParamtypes.BODY);
  return {
    body: bodyDtosOf(handler) ?? (body && [body]),
    query: typeOf(RouteParamtypes.QUERY),
    path: typeOf(RouteParamtypes.PARAM),
  };
}
