import { Injectable, RequestMethod, type OnModuleInit, type Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { TRACKED, UNTRACKED } from '../../audit/tracked.decorator';
import { ACCESS_RULE } from './access-rule.decorator';

/** Closed by default: the service does not start with a route that declares no access rule, or that writes unrecorded. */
@Injectable()
export class RouteRulesCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const faults = this.discovery.getControllers().flatMap(({ metatype }) => this.faultsOf(metatype as Type));
    if (faults.length > 0) throw new Error(`Routes without their rules:\n  ${faults.join('\n  ')}`);
  }

  private faultsOf(controller: Type): string[] {
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name]!;
      const method = this.reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
      if (method === undefined) return [];
      const faults: string[] = [];
      if (this.reflector.getAllAndOverride(ACCESS_RULE, [handler, controller]) === undefined) {
        faults.push(`${controller.name}.${name} says not who may call it: @RequirePrivilege, @SignedIn or @Public`);
      }
      if (method !== RequestMethod.GET && !this.declares(handler, TRACKED) && !this.declares(handler, UNTRACKED)) {
        faults.push(`${controller.name}.${name} writes, but is neither @Tracked nor says why it is @Untracked`);
      }
      return faults;
    });
  }

  private declares(handler: () => unknown, key: symbol): boolean {
    return this.reflector.get(key, handler) !== undefined;
  }
}
