import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Bits in an IPv4 address, and in an IPv6 address. */
const IPV4_BITS = 32;
const IPV6_BITS = 128;
/** The upper 96 bits of IPv4-mapped IPv6 addresses, `::ffff:0:0/96` (RFC 4291). */
const IPV4_MAPPED_PREFIX = 0xffffn;

const NETWORK = /^([0-9A-Fa-f:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/;

/**
 * Returns a network in canonical CIDR notation, or undefined if the text is not a network. Host bits are zero, IPv6 is
 * written as in RFC 5952, and IPv4-mapped IPv6 becomes IPv4. A single address becomes a network with a full-length
 * prefix.
 */
export function canonicalizeNetwork(text: string): string | undefined {
  const [, address = '', prefixText] = NETWORK.exec(text) ?? [];
  if (isIP(address) === 0) return undefined;
  const bits = isIPv4(address) ? IPV4_BITS : IPV6_BITS;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  if (prefix > bits) return undefined;
  if (bits === IPV4_BITS) return formatIpv4Network(parseIpv4(address), prefix);
  const number = parseIpv6(address);
  const isMapped = prefix >= IPV6_BITS - IPV4_BITS && number >> BigInt(IPV4_BITS) === IPV4_MAPPED_PREFIX;
  if (isMapped) return formatIpv4Network(BigInt.asUintN(IPV4_BITS, number), prefix - (IPV6_BITS - IPV4_BITS));
  return `${formatIpv6(clearHostBits(number, IPV6_BITS - prefix))}/${prefix}`;
}

/** The start of an IPv4-mapped IPv6 address, as sockets return it. */
const MAPPED = '::ffff:';

/**
 * Returns an IP address in canonical form, or unchanged if the text is not one. IPv6 is written as in RFC 5952, and
 * IPv4-mapped IPv6 becomes IPv4.
 */
export function canonicalizeAddress(text: string): string {
  if (text.startsWith(MAPPED) && isIPv4(text.slice(MAPPED.length))) return text.slice(MAPPED.length);
  if (!isIPv6(text) || text.includes('%')) return text;
  const number = parseIpv6(text);
  return number >> BigInt(IPV4_BITS) === IPV4_MAPPED_PREFIX
    ? formatIpv4(BigInt.asUintN(IPV4_BITS, number))
    : normalizeIpv6(text);
}

/** Returns the spellings that an IP address can have in records: older ones have it as it was sent. */
export function spellingsOf(address: string): readonly string[] {
  const canonical = canonicalizeAddress(address);
  return [...new Set([address, canonical, ...(isIPv4(canonical) ? [MAPPED + canonical] : [])])];
}

/**
 * Returns whether an IP address belongs to one of the networks.
 * @param networks in the form that `canonicalizeNetwork` returns
 * @param address a text that is not an IP address belongs to no network
 */
export function isWithin(networks: readonly string[], address: string | null): boolean {
  // A percent sign separates an IPv6 address from its zone, the network interface (RFC 4007).
  const [bare = ''] = (address ?? '').split('%');
  const own = isIP(bare) === 0 ? undefined : canonicalizeNetwork(bare);
  if (own === undefined) return false;
  const [canonical = ''] = own.split('/');
  const family = isIPv4(canonical) ? 'ipv4' : 'ipv6';
  const allowed = new BlockList();
  for (const network of networks) {
    const [start = '', prefix] = network.split('/');
    if (isIPv4(start) === isIPv4(canonical)) allowed.addSubnet(start, Number(prefix), family);
  }
  return allowed.check(canonical, family);
}

function formatIpv4Network(number: bigint, prefix: number): string {
  return `${formatIpv4(clearHostBits(number, IPV4_BITS - prefix))}/${prefix}`;
}

function formatIpv4(number: bigint): string {
  return [24n, 16n, 8n, 0n].map((place) => BigInt.asUintN(8, number >> place)).join('.');
}

/** Sets the host bits of an address to zero. */
function clearHostBits(number: bigint, hostBits: number): bigint {
  return (number >> BigInt(hostBits)) << BigInt(hostBits);
}

function parseIpv4(address: string): bigint {
  return address.split('.').reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

function parseIpv6(address: string): bigint {
  const [before = '', after] = normalizeIpv6(address).split('::');
  const [head, tail] = [before, after ?? ''].map((groups) => (groups === '' ? [] : groups.split(':'))) as [
    string[],
    string[],
  ];
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return BigInt(`0x${[...head, ...zeros, ...tail].map((group) => group.padStart(4, '0')).join('')}`);
}

function formatIpv6(number: bigint): string {
  const digits = number.toString(16).padStart(32, '0');
  return normalizeIpv6(digits.replace(/(.{4})(?=.)/g, '$1:'));
}

/** Returns an IPv6 address as the URL standard serializes it: compressed, lower case, hexadecimal only. */
function normalizeIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
