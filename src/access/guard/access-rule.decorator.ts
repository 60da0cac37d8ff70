import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { declareProblems, type DeclaredProblem } from '../../http/problems/fails.decorator';
import { privilegeLabel, type Privilege } from '../privileges/privilege';

export const ACCESS_RULE = Symbol('access rule');
export const PEOPLE_ONLY = Symbol('people only');

/**
 * Who can call a route. `public`: anybody. `identified`: any valid token. `own access`: users, to manage their own
 * access. `signed in`: every user and API key. A list: actors who have one of these privileges.
 */
export type AccessRule = 'public' | 'identified' | 'own access' | 'signed in' | readonly Privilege[];

type ClassOrMethodDecorator = ClassDecorator & MethodDecorator;

/** The problems of a request whose actor cannot be identified. */
const NOT_IDENTIFIED: readonly DeclaredProblem[] = [
  'token_missing',
  'token_malformed',
  'token_invalid',
  'token_expired',
  { code: 'user_disabled', status: 401, detail: 'The user of this session is disabled.' },
  { code: 'api_key_revoked', status: 401, detail: 'This API key was revoked: use another one.' },
  'network_not_allowed',
];

/** Lets anybody call the route, without signing in. */
export function Public(): ClassOrMethodDecorator {
  return applyDecorators(SetMetadata(ACCESS_RULE, 'public' satisfies AccessRule), declareProblems('access'));
}

/** Lets any valid token call the route, even before the user has replaced a password that somebody else chose. */
export function Identified(): ClassOrMethodDecorator {
  return applyDecorators(setAccessRule('identified'), ApiExtension('x-before-password-change', true));
}

/**
 * Lets users manage their own access, even before they have replaced a password that somebody else chose. Refuses API
 * keys.
 */
export function OwnAccess(): ClassOrMethodDecorator {
  return applyDecorators(
    setAccessRule('own access', 'session_required'),
    ApiExtension('x-before-password-change', true),
    ApiExtension('x-people-only', true),
  );
}

/** Lets every signed-in user and every API key call the route. */
export function SignedIn(): ClassOrMethodDecorator {
  return setAccessRule('signed in', 'password_change_required');
}

/** Requires a privilege. When several are given, one of them is enough. */
export function RequirePrivilege(...privileges: [Privilege, ...Privilege[]]): ClassOrMethodDecorator {
  const detail = privilegeMissingMessage(privileges);
  return applyDecorators(
    setAccessRule(privileges, 'password_change_required', { code: 'privilege_missing', detail }),
    ApiExtension('x-privileges', privileges),
  );
}

/** Returns the message for an actor who has none of the privileges that a route requires. */
export function privilegeMissingMessage(privileges: readonly Privilege[]): string {
  const names = privileges.map((privilege) => `"${privilegeLabel(privilege)}" (${privilege})`);
  return `This request requires the privilege ${names.join(' or ')}.`;
}

/** Sets the access rule, and declares the problems that it causes in the contract. */
function setAccessRule(
  rule: Exclude<AccessRule, 'public'>,
  ...refusals: readonly DeclaredProblem[]
): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, rule),
    ApiBearerAuth(),
    declareProblems('access', ...NOT_IDENTIFIED, ...refusals),
  );
}

/**
 * Refuses API keys, whatever privileges they have: of the actors that the access rule allows, only users can call the
 * route.
 */
export function PeopleOnly(): ClassOrMethodDecorator {
  return applyDecorators(
    SetMetadata(PEOPLE_ONLY, true),
    ApiExtension('x-people-only', true),
    declareProblems('people only', 'session_required'),
  );
}
