import type { Privilege } from '../privileges/privilege';

/** Reads the access of API keys. `ApiKeyAuthentication` implements it on a higher floor, which stores the keys. */
export abstract class ApiKeyAccess {
  /**
   * Returns the privileges that an API key has now.
   * @throws Problem 401 if the key does not work any more
   */
  abstract findPrivileges(id: string): Promise<ReadonlySet<Privilege>>;
}
