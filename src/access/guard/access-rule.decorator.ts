import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Privilege } from '../privileges/privilege';

export const ACCESS_RULE = Symbol('access rule');
export const PEOPLE_ONLY = Symbol('people only');

/**
 * Who may call a route: anybody; anyone with a valid token; a person who looks after their own access; anybody signed in;
 * or who holds one of some privileges.
 */
export type AccessRule = 'public' | 'identified' | 'own access' | 'signed in' | readonly Privilege[];

type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** Anybody may call it, without signing in. */
export function Public(): ClassOrMethodDecorator {
  return SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule);
}

/** Lets any valid token call the route, even before the user has replaced a password that somebody else chose. */
export function Identified(): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, 'identified' satisfies AccessRule),
    ApiBearerAuth(),
    ApiExtension('x-before-password-change', true),
  );
}

/** People may call it about their own access, also before a password that somebody else chose is changed; API keys may not. */
export function OwnAccess(): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, 'own access' satisfies AccessRule),
    ApiBearerAuth(),
    ApiExtension('x-before-password-change', true),
    ApiExtension('x-people-only', true),
  );
}

/** Every signed-in user may call it, and every API key. */
export function SignedIn(): ClassOrMethodDecorator {
  return applyDecorators(SetMetadata(ACCESS_RULE, 'signed in' satisfies AccessRule), ApiBearerAuth());
}

/** Requires the privilege; of several, one is enough. */
export function RequirePrivilege(...privileges: [Privilege, ...Privilege[]]): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, privileges satisfies AccessRule),
    ApiBearerAuth(),
    ApiExtension('x-privileges', privileges),
  );
}

/** Keeps API keys out, whatever they hold: of those whom the route's rule lets in, only users who logged in may call it. */
export function PeopleOnly(): ClassOrMethodDecorator {
  return applyDecorators(SetMetadata(PEOPLE_ONLY, true), ApiExtension('x-people-only', true));
}
