import { isIPv4 } from 'node:net';
import { canonicalizeNetwork } from '../../lib/network';

/** Stands for an address that is not known; attempts without an address are counted together. */
const UNKNOWN = 'unknown';

/**
 * Returns the network by which login attempts from an address are counted: for IPv4 (also mapped into IPv6) the address alone,
 * for IPv6 its /64 prefix, because providers assign a /64 to each customer.
 */
export function clientNetwork(address: string | null | undefined): string {
  // The text after a percent sign is the IPv6 zone: the network interface of this machine.
  const [bare = ''] = (address ?? '').split('%');
  const own = canonicalizeNetwork(bare);
  if (own === undefined) return UNKNOWN;
  const [start = ''] = own.split('/');
  return isIPv4(start) ? own : (canonicalizeNetwork(`${bare}/64`) ?? UNKNOWN);
}
