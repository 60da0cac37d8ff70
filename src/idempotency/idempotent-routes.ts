import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { PARAMTYPES_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { IdempotencyKeys } from './idempotency-keys';
import { IDEMPOTENT } from './idempotent.decorator';

/** Checks at start that each idempotent route has a service that stores its response. */
@Injectable()
export class IdempotentRoutes implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error when neither a route's controller nor a service that is injected there takes `IdempotencyKeys` */
  onModuleInit(): void {
    const controllers = this.discovery.getControllers().map(({ metatype }) => metatype as Type);
    const unable = controllers.filter((controller) => !canRemember(controller));
    const unsafeRoutes = unable.flatMap((controller) =>
      this.idempotentMethodsOf(controller).map((method) => `${controller.name}.${method}`),
    );
    if (unsafeRoutes.length === 0) return;
    throw new Error(
      `${unsafeRoutes.join(', ')} is @Idempotent, but no service of its controller uses IdempotencyKeys to store its response.`,
    );
  }

  private idempotentMethodsOf(controller: Type): string[] {
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner.getAllMethodNames(prototype).filter((name) => {
      const method = prototype[name];
      return method !== undefined && this.reflector.get<boolean | undefined>(IDEMPOTENT, method) === true;
    });
  }
}

function canRemember(controller: Type): boolean {
  const injected = injectedInto(controller);
  return [controller, ...injected].some((target) => injectedInto(target).includes(IdempotencyKeys));
}

function injectedInto(target: object): readonly object[] {
  return (Reflect.getMetadata(PARAMTYPES_METADATA, target) ?? []) as readonly object[];
}
