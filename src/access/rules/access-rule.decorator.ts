import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Privilege } from '../privileges/privilege';

export const ACCESS_RULE = Symbol('access rule');

/** Who may call a route: anybody, anybody signed in, or who holds one of some privileges. */
export type AccessRule = 'public' | 'signed in' | readonly Privilege[];

type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** Anybody may call it, without signing in. */
export function Public(): ClassOrMethodDecorator {
  return SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule);
}

/** Every signed-in user may call it. */
export function SignedIn(): ClassOrMethodDecorator {
  return applyDecorators(SetMetadata(ACCESS_RULE, 'signed in' satisfies AccessRule), ApiBearerAuth());
}

/** Whoever holds the privilege may call it; of several, one is enough. */
export function RequirePrivilege(...privileges: [Privilege, ...Privilege[]]): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, privileges satisfies AccessRule),
    ApiBearerAuth(),
    ApiExtension('x-privileges', privileges),
  );
}
