import { ApiConflictResponse } from '@nestjs/swagger';

/** Says in the contract which codes a 409 of this route may have. */
export function ApiConflict(...codes: [string, ...string[]]): MethodDecorator {
  return ApiConflictResponse({
    description: `The state does not allow it: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
  });
}
