import { ApiProperty } from '@nestjs/swagger';
import { PRIVILEGE_CATALOGUE, PRIVILEGES, type Privilege } from '../privileges/privilege';

/** One privilege that a role may have. */
export class PrivilegeView {
  /**
   * Stable code, as roles list it.
   * @example "users_activity"
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege' })
  code: Privilege;

  /**
   * What a person calls it.
   * @example "Users activity"
   */
  label: string;

  /**
   * What it allows.
   * @example "Build and export the Users activity report."
   */
  description: string;
}

/** A section of the role editor. */
export class PrivilegeSection {
  /**
   * Heading of the section.
   * @example "Orders & Reports"
   */
  section: string;

  /** The privileges to tick in it. */
  privileges: PrivilegeView[];
}

/** Every privilege there is, by section. */
export class PrivilegeCatalogue {
  /** The sections, in the order of the role editor. */
  data: PrivilegeSection[];
}

/** Shows every privilege. */
export function privilegeCatalogue(): PrivilegeCatalogue {
  return structuredClone({ data: PRIVILEGE_CATALOGUE }) as PrivilegeCatalogue;
}
