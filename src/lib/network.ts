import { BlockList, isIP, isIPv4 } from 'node:net';

/** How many bits an IPv4 address has, and an IPv6 one. */
const IPV4_BITS = 32;
const IPV6_BITS = 128;
/** The IPv4 addresses as IPv6 knows them, `::ffff:0:0/96`. */
const IPV4_MAPPED_PREFIX = 0xffffn;

const NETWORK = /^([0-9A-Fa-f:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/;

/**
 * A network in CIDR notation as it is kept: no bits set behind its prefix, IPv6 as RFC 5952 writes it, IPv4 within IPv6
 * as IPv4. An address alone is a network of one. Undefined for what is no network.
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

/** Whether an address is in one of the networks, which are as `canonicalizeNetwork` writes them; what is no address is in none. */
export function isWithin(networks: readonly string[], address: string | null): boolean {
  // Behind the percent sign is the interface of this machine that it came by.
  const [bare = ''] = (address ?? '').split('%');
  if (isIP(bare) === 0) return false;
  const [own = ''] = canonicalizeNetwork(bare)!.split('/');
  const family = isIPv4(own) ? 'ipv4' : 'ipv6';
  const allowed = new BlockList();
  for (const network of networks) {
    const [start = '', prefix] = network.split('/');
    if (isIPv4(start) === isIPv4(own)) allowed.addSubnet(start, Number(prefix), family);
  }
  return allowed.check(own, family);
}

function formatIpv4Network(number: bigint, prefix: number): string {
  const start = clearHostBits(number, IPV4_BITS - prefix);
  const bytes = [24n, 16n, 8n, 0n].map((place) => BigInt.asUintN(8, start >> place));
  return `${bytes.join('.')}/${prefix}`;
}

/** Without its last bits, which tell the hosts of a network apart. */
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

/** As the URL standard writes an IPv6 address: compressed, in lower case, and in hexadecimal alone. */
function normalizeIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
