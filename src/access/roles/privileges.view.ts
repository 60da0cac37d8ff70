import { ApiProperty } from '@nestjs/swagger';
import { PRIVILEGE_CATALOGUE, PRIVILEGES, type Privilege } from '../privileges/privilege';

/** A privilege that a role can grant. */
export class PrivilegeView {
  /**
   * The privilege's code. It never changes.
   * @example "users_activity"
   */
  @ApiProperty({ enum: PRIVILEGES, enumName: 'Privilege' })
  code: Privilege;

  /**
   * The privilege's name for people, as the role editor shows it.
   * @example "Users activity"
   */
  label: string;

  /**
   * What the privilege allows a user to do.
   * @example "Build and export the Users activity report."
   */
  description: string;
}

/** A section of the role editor, with its privileges. */
export class PrivilegeSection {
  /**
   * The heading of the section.
   * @example "Orders & Reports"
   */
  section: string;

  /** The privileges in this section, in the order in which the role editor shows them. */
  privileges: PrivilegeView[];
}

/** All privileges, grouped by section. */
export class PrivilegeCatalogue {
  /** The sections, in the order in which the role editor shows them. */
  data: PrivilegeSection[];
}

/** Shows all privileges. */
export function privilegeCatalogue(): PrivilegeCatalogue {
  return structuredClone({ data: PRIVILEGE_CATALOGUE }) as PrivilegeCatalogue;
}
