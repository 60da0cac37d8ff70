import { Injectable, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { DiscoveryService, MetadataScanner, ModuleRef, Reflector } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';
import { TRACKED, type TrackedRoute } from '../../audit/tracking/tracked-route';
import { UNTRACKED } from '../../audit/tracking/tracked.decorator';
import { CREATES } from '../../http/contract/creates.decorator';
import { requestDtos } from '../../http/contract/documented-route';
import { nextPageParameters } from '../../http/paging/next-page-parameters';
import { BODY_LIMIT, DEFAULT_BODY_LIMIT, PUBLIC_BODY_LIMIT } from '../../http/server/body-limit.decorator';
import {
  HEAD_CHECK,
  HEAD_HEADERS,
  jsonHeaders,
  type HeadAnswer,
  type HeadCheck,
  type KnownHeaders,
} from '../../http/server/head-routes';
import { ACCESS_RULE, PEOPLE_ONLY, type AccessRule } from './access-rule.decorator';

/** A controller method that handles the requests to a route. */
interface Route {
  readonly controller: Type;
  readonly name: string;
  readonly handler: () => unknown;
}

/**
 * Gives Fastify the rules of each route: access, tracking, which parts of a request it reads, and how HEAD is answered.
 * A route without an access rule stops the start.
 */
@Injectable()
export class RouteRules {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
  ) {}

  /**
   * Declares the rules of every controller method. Call it before Nest registers the routes.
   * @throws Error when a route has no access rule, or writes and is neither tracked nor declared as untracked
   */
  declare(): void {
    const routes = this.discovery.getControllers().flatMap(({ metatype }) => this.findRoutes(metatype as Type));
    const faults = routes.flatMap((route) => this.findFaults(route));
    if (faults.length > 0) throw new Error(`Routes without their rules:\n  ${faults.join('\n  ')}`);
    for (const route of routes) RouteConfig(this.configOf(route))(route.handler);
  }

  private findRoutes(controller: Type): Route[] {
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      return handler && this.methodOf(handler) !== undefined ? [{ controller, name, handler }] : [];
    });
  }

  private findFaults({ controller, name, handler }: Route): string[] {
    const faults: string[] = [];
    if (this.reflector.getAllAndOverride(ACCESS_RULE, [handler, controller]) === undefined) {
      faults.push(`${controller.name}.${name} has no access rule: add @RequirePrivilege, @SignedIn or @Public`);
    }
    const isDeclared = [TRACKED, UNTRACKED].some((key) => this.reflector.get(key, handler) !== undefined);
    if (this.methodOf(handler) !== RequestMethod.GET && !isDeclared) {
      faults.push(`${controller.name}.${name} writes, but is neither @Tracked nor @Untracked`);
    }
    return faults;
  }

  private configOf(route: Route): FastifyContextConfig {
    const { controller, handler } = route;
    const targets = [handler, controller];
    const rule = this.reflector.getAllAndOverride<AccessRule>(ACCESS_RULE, targets);
    const access = {
      rule,
      isForPeople: this.reflector.getAllAndOverride<boolean | undefined>(PEOPLE_ONLY, targets) ?? false,
      tracked: this.reflector.get<TrackedRoute | undefined>(TRACKED, handler),
    };
    const bodyLimit =
      rule === 'public' ? PUBLIC_BODY_LIMIT : this.reflector.get<number | undefined>(BODY_LIMIT, handler);
    const { query } = requestDtos(route);
    const nextPage = query && nextPageParameters(query);
    return {
      access,
      takesBody: takesBody(route),
      takesQuery: query !== undefined,
      isPaged: nextPage !== undefined,
      nextPage,
      bodyLimit: bodyLimit ?? DEFAULT_BODY_LIMIT,
      head: this.headAnswerOf(route),
      creates: this.reflector.get<string | undefined>(CREATES, handler),
    };
  }

  /** Returns how HEAD is answered; undefined if the handler of the GET route answers it. */
  private headAnswerOf(route: Route): HeadAnswer | undefined {
    const declared = this.reflector.get<KnownHeaders | 'by its handler' | undefined>(HEAD_HEADERS, route.handler);
    if (declared === 'by its handler') return undefined;
    const { path, query } = requestDtos(route);
    return { path, query, headersOf: declared ?? jsonHeaders, check: this.headCheckOf(route) };
  }

  private headCheckOf({ handler }: Route): HeadAnswer['check'] {
    const declared = this.reflector.get<HeadCheck | undefined>(HEAD_CHECK, handler);
    if (!declared) return undefined;
    const { service, run } = declared;
    return (query, request) => run(this.modules.get(service, { strict: false }), query, request);
  }

  private methodOf(handler: () => unknown): RequestMethod | undefined {
    return this.reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
  }
}

/** Returns whether the method of a route has a parameter for the request's body. */
function takesBody({ controller, name }: Route): boolean {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as object;
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}
