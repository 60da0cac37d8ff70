import { Problem } from '../../http/problems/problem';
import type { EmailTemplate } from '../shopper-mails/email-template.entity';

/** Refuses to change, activate or send a deleted template. */
export function assertNotDeleted({ deletedAt }: EmailTemplate): void {
  if (!deletedAt) return;
  throw Problem.conflict('template_deleted', 'The template is deleted. Restore it first.');
}

/** Refuses to restore a template that is not deleted. */
export function assertDeleted({ deletedAt }: EmailTemplate): void {
  if (deletedAt) return;
  throw Problem.conflict('template_not_deleted', 'The template is not deleted, so there is nothing to restore.');
}
