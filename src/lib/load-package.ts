import { createRequire } from 'node:module';

/**
 * Loads a package where it is first used. For packages that take long to load and that most processes do not need: the service
 * starts sooner without them.
 */
export const loadPackage = createRequire(__filename);
