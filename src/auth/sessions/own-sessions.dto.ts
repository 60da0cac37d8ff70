import { IsId } from '../../http/validation/dto-fields';

/** The path parameters of one of your sessions. */
export class OwnSessionParams {
  /**
   * The session's id: 26 characters.
   * @example "01J000000000000000000SESS1"
   */
  @IsId()
  id: string;
}
