/** The details of a record as reports show them, and the code with which it failed. */
export interface RecordedDetails {
  readonly failureCode: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

const NO_DETAILS: RecordedDetails = { failureCode: null, details: {} };

/**
 * Reads the stored details of a record. Leaves out what identifies a repeated record, and the email address that older
 * records have there too. All other details are shown, also those that newer records no longer have.
 * @param stored JSON, as the column has it
 */
export function readDetails(stored: string | null): RecordedDetails {
  if (stored === null) return NO_DETAILS;
  const { error, fingerprint: _, userEmail: __, ...details } = JSON.parse(stored) as Record<string, unknown>;
  return { failureCode: typeof error === 'string' ? error : null, details };
}
