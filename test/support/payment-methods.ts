/** Returns the card of a request. Its token determines what the built-in payment gateway does. */
export function buildCard(change: { readonly token?: string; readonly expires?: string } = {}) {
  return { token: 'tok_visa_good', brand: 'visa' as const, lastFour: '4242', expires: '2031-12', ...change };
}

export const CARD = buildCard();
export const DECLINED_CARD = buildCard({ token: 'tok_declined' });
/** A card whose charge is pending for a minute, and then succeeds. */
export const PENDING_CARD = buildCard({ token: 'tok_pending_1' });
/** A card whose charge is pending for a minute, and then declined. */
export const PENDING_DECLINED_CARD = buildCard({ token: 'tok_pending_declined_1' });
