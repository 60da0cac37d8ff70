import { ApiProperty } from '@nestjs/swagger';

/** A successful health check. */
export class Health {
  /**
   * The result of the check: always `ok`. A failed check is a 503 response instead.
   * @example "ok"
   */
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

/** Shows a successful health check. */
export function healthView(): Health {
  return { status: 'ok' };
}
