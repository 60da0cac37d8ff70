/** A card as a request names it. Its token says what the built-in gateway does with it. */
export function buildCard(change: { readonly token?: string; readonly expires?: string } = {}) {
  return { token: 'tok_visa_good', brand: 'visa' as const, lastFour: '4242', expires: '2031-12', ...change };
}

export const CARD = buildCard();
export const DECLINED_CARD = buildCard({ token: 'tok_declined' });
/** A card whose charge is pending for a minute, and then made. */
export const PENDING_CARD = buildCard({ token: 'tok_pending_1' });
/** A card whose charge is pending for a minute, and then declined. */
export const PENDING_DECLINED_CARD = buildCard({ token: 'tok_pending_declined_1' });
