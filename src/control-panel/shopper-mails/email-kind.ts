/** The mails that shoppers get, by the code of their kind. */
export const EMAIL_KINDS = ['invoice', 'order_confirmation', 'order_cancellation', 'refund_confirmation'] as const;
export type EmailKind = (typeof EMAIL_KINDS)[number];
