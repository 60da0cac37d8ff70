import { Problem } from '../../http/problems/problem';
import type { EmailTemplate } from '../shopper-mails/email-template.entity';

/** Nothing happens to a deleted template but that it is looked at, or restored. */
export function assertNotDeleted({ deletedAt }: EmailTemplate): void {
  if (!deletedAt) return;
  throw Problem.conflict('template_deleted', 'The template is deleted. Restore it first.');
}

export function assertDeleted({ deletedAt }: EmailTemplate): void {
  if (deletedAt) return;
  throw Problem.conflict('template_not_deleted', 'The template is not deleted, so there is nothing to restore.');
}
