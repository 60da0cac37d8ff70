import { ApiProperty } from '@nestjs/swagger';

/** That all is well; when it is not, the answer is a 503. */
export class Health {
  /**
   * Always `ok`.
   * @example "ok"
   */
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

/** Shows that all is well. */
export function healthView(): Health {
  return { status: 'ok' };
}
