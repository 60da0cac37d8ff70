import { isIPv4 } from 'node:net';
import { canonicalizeNetwork } from '../../lib/network';

/** Where an address is not known, so that attempts from there are counted together. */
const UNKNOWN = 'unknown';

/**
 * The network that login attempts from an address are counted for: an IPv4 address is one of its own, also when it is
 * written as IPv6; an IPv6 address counts together with its whole /64, because that is what one customer gets.
 */
export function clientNetwork(address: string | null | undefined): string {
  // Behind the percent sign is the interface of this machine that the request came in by.
  const [bare = ''] = (address ?? '').split('%');
  const own = canonicalizeNetwork(bare);
  if (own === undefined) return UNKNOWN;
  const [start = ''] = own.split('/');
  return isIPv4(start) ? own : canonicalizeNetwork(`${bare}/64`)!;
}
