import { IsId } from '../../http/validation/dto-fields';

/** Path of one of your sessions. */
export class OwnSessionParams {
  /**
   * The session's id.
   * @example "01J000000000000000000SESS1"
   */
  @IsId()
  id: string;
}
