import { BlockList, isIP, isIPv4 } from 'node:net';

/** How many bits an IPv4 address has, and an IPv6 one. */
const IPV4 = 32;
const IPV6 = 128;
/** The IPv4 addresses as IPv6 knows them, `::ffff:0:0/96`. */
const MAPPED = 0xffffn;

const NETWORK = /^([0-9A-Fa-f:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/;

/**
 * A network in CIDR notation as it is kept: no bits set behind its prefix, IPv6 as RFC 5952 writes it, IPv4 within IPv6
 * as IPv4. An address alone is a network of one. Undefined for what is no network.
 */
export function canonicalNetwork(text: string): string | undefined {
  const [, address = '', given] = NETWORK.exec(text) ?? [];
  if (isIP(address) === 0) return undefined;
  const bits = isIPv4(address) ? IPV4 : IPV6;
  const prefix = given === undefined ? bits : Number(given);
  if (prefix > bits) return undefined;
  if (bits === IPV4) return ipv4Network(ipv4Bits(address), prefix);
  const number = ipv6Bits(address);
  const isMapped = prefix >= IPV6 - IPV4 && number >> BigInt(IPV4) === MAPPED;
  if (isMapped) return ipv4Network(BigInt.asUintN(IPV4, number), prefix - (IPV6 - IPV4));
  return `${ipv6Text(masked(number, IPV6 - prefix))}/${prefix}`;
}

/** Whether an address is in one of the networks, which are as `canonicalNetwork` writes them; what is no address is in none. */
export function isWithin(networks: readonly string[], address: string | null): boolean {
  // Behind the percent sign is the interface of this machine that it came by.
  const [bare = ''] = (address ?? '').split('%');
  if (isIP(bare) === 0) return false;
  const [own = ''] = canonicalNetwork(bare)!.split('/');
  const family = isIPv4(own) ? 'ipv4' : 'ipv6';
  const allowed = new BlockList();
  for (const network of networks) {
    const [start = '', prefix] = network.split('/');
    if (isIPv4(start) === isIPv4(own)) allowed.addSubnet(start, Number(prefix), family);
  }
  return allowed.check(own, family);
}

function ipv4Network(number: bigint, prefix: number): string {
  const start = masked(number, IPV4 - prefix);
  const bytes = [24n, 16n, 8n, 0n].map((place) => BigInt.asUintN(8, start >> place));
  return `${bytes.join('.')}/${prefix}`;
}

/** Without its last bits, which tell the hosts of a network apart. */
function masked(number: bigint, hostBits: number): bigint {
  return (number >> BigInt(hostBits)) << BigInt(hostBits);
}

function ipv4Bits(address: string): bigint {
  return address.split('.').reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

function ipv6Bits(address: string): bigint {
  const [before = '', after] = inUrl(address).split('::');
  const [head, tail] = [before, after ?? ''].map((groups) => (groups === '' ? [] : groups.split(':'))) as [
    string[],
    string[],
  ];
  const left = Array<string>(8 - head.length - tail.length).fill('0');
  return BigInt(`0x${[...head, ...left, ...tail].map((group) => group.padStart(4, '0')).join('')}`);
}

function ipv6Text(number: bigint): string {
  const digits = number.toString(16).padStart(32, '0');
  return inUrl(digits.replace(/(.{4})(?=.)/g, '$1:'));
}

/** As the URL standard writes an IPv6 address: compressed, in lower case, and in hexadecimal alone. */
function inUrl(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
