import { AccessAndAudit1764000000000 } from './1764000000000-access-and-audit';

/** Every migration, oldest first. A released one never changes. */
export const MIGRATIONS = [AccessAndAudit1764000000000];
