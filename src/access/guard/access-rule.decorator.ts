import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { declareProblems, type DeclaredProblem } from '../../http/problems/fails.decorator';
import { privilegeLabel, type Privilege } from '../privileges/privilege';

export const ACCESS_RULE = Symbol('access rule');
export const PEOPLE_ONLY = Symbol('people only');

/**
 * Who may call a route: anybody; anyone with a valid token; a person who looks after their own access; anybody signed in;
 * or who holds one of some privileges.
 */
export type AccessRule = 'public' | 'identified' | 'own access' | 'signed in' | readonly Privilege[];

type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** Why a request is refused that does not show who acts. */
const NOT_IDENTIFIED: readonly DeclaredProblem[] = [
  'token_missing',
  'token_malformed',
  'token_invalid',
  'token_expired',
  { code: 'user_disabled', status: 401, detail: 'The user of this session is disabled.' },
  { code: 'api_key_revoked', status: 401, detail: 'This API key was revoked: use another one.' },
  'network_not_allowed',
];

/** Anybody may call it, without signing in. */
export function Public(): ClassOrMethodDecorator {
  return applyDecorators(SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule), declareProblems('access'));
}

/** Lets any valid token call the route, even before the user has replaced a password that somebody else chose. */
export function Identified(): ClassOrMethodDecorator {
  return applyDecorators(access('identified'), ApiExtension('x-before-password-change', true));
}

/** People may call it about their own access, also before a password that somebody else chose is changed; API keys may not. */
export function OwnAccess(): ClassOrMethodDecorator {
  return applyDecorators(
    access('own access', 'session_required'),
    ApiExtension('x-before-password-change', true),
    ApiExtension('x-people-only', true),
  );
}

/** Every signed-in user may call it, and every API key. */
export function SignedIn(): ClassOrMethodDecorator {
  return access('signed in', 'password_change_required');
}

/** Requires the privilege; of several, one is enough. */
export function RequirePrivilege(...privileges: [Privilege, ...Privilege[]]): ClassOrMethodDecorator {
  const detail = privilegeMissingMessage(privileges);
  return applyDecorators(
    access(privileges, 'password_change_required', { code: 'privilege_missing', detail }),
    ApiExtension('x-privileges', privileges),
  );
}

/** What is told to somebody who has none of the privileges that a route requires. */
export function privilegeMissingMessage(privileges: readonly Privilege[]): string {
  return `This needs the privilege ${privileges.map((privilege) => `"${privilegeLabel(privilege)}"`).join(' or ')}.`;
}

/** The rule of the guard, and in the contract whom it refuses. */
function access(rule: Exclude<AccessRule, 'public'>, ...refusals: readonly DeclaredProblem[]): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, rule),
    ApiBearerAuth(),
    declareProblems('access', ...NOT_IDENTIFIED, ...refusals),
  );
}

/** Keeps API keys out, whatever they hold: of those whom the route's rule lets in, only users who logged in may call it. */
export function PeopleOnly(): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(PEOPLE_ONLY, true),
    ApiExtension('x-people-only', true),
    declareProblems('people only', 'session_required'),
  );
}
