import { ApiForbiddenResponse, ApiNotFoundResponse } from '@nestjs/swagger';

/** Says in the contract which codes a 403 of this route may have, beside those of its access rule. */
export function ApiForbidden(...codes: [string, ...string[]]): MethodDecorator {
  return ApiForbiddenResponse({ description: `${listed(codes)} by its own rules.` });
}

/** Says in the contract which codes a 404 of this route may have for what its body or its query names. */
export function ApiNotFound(...codes: [string, ...string[]]): MethodDecorator {
  return ApiNotFoundResponse({ description: `${listed(codes)} for what the body or the query names.` });
}

function listed(codes: readonly string[]): string {
  return codes.map((code) => `\`${code}\``).join(', ');
}
