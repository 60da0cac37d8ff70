import { Injectable, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyContextConfig } from 'fastify';
import { TRACKED, UNTRACKED, type TrackedRoute } from '../../audit/tracking/tracked.decorator';
import { BODY_LIMIT, DEFAULT_BODY_LIMIT, PUBLIC_BODY_LIMIT } from '../../http/server/body-limit.decorator';
import { ACCESS_RULE, PEOPLE_ONLY, type AccessRule } from './access-rule.decorator';

/** A method of a controller that answers requests. */
interface Route {
  readonly controller: Type;
  readonly name: string;
  readonly handler: () => unknown;
}

/** Tells the server the rules of each route. Closed by default: without its rules no route is opened. */
@Injectable()
export class RouteRules {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /**
   * Declares the rules of every controller's methods; to be called before Nest makes routes of them.
   * @throws Error when a route says not who may call it, or writes without a record
   */
  declare(): void {
    const routes = this.discovery.getControllers().flatMap(({ metatype }) => this.routesOf(metatype as Type));
    const faults = routes.flatMap((route) => this.faultsOf(route));
    if (faults.length > 0) throw new Error(`Routes without their rules:\n  ${faults.join('\n  ')}`);
    for (const route of routes) RouteConfig(this.configOf(route))(route.handler);
  }

  private routesOf(controller: Type): Route[] {
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      return handler && this.methodOf(handler) !== undefined ? [{ controller, name, handler }] : [];
    });
  }

  private faultsOf({ controller, name, handler }: Route): string[] {
    const faults: string[] = [];
    if (this.reflector.getAllAndOverride(ACCESS_RULE, [handler, controller]) === undefined) {
      faults.push(`${controller.name}.${name} says not who may call it: @RequirePrivilege, @SignedIn or @Public`);
    }
    const isDeclared = [TRACKED, UNTRACKED].some((key) => this.reflector.get(key, handler) !== undefined);
    if (this.methodOf(handler) !== RequestMethod.GET && !isDeclared) {
      faults.push(`${controller.name}.${name} writes, but is neither @Tracked nor says why it is @Untracked`);
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
    return { access, takesBody: takesBody(route), bodyLimit: bodyLimit ?? DEFAULT_BODY_LIMIT };
  }

  private methodOf(handler: () => unknown): RequestMethod | undefined {
    return this.reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
  }
}

/** Whether a method has a parameter that is made of the request's body. */
function takesBody({ controller, name }: Route): boolean {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as object;
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}
