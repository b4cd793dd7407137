import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Cidr = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** A list of addresses and ranges, of either family: `203.0.113.7`, `10.1.0.0/16`, `2001:db8::/32`. */
export class AddressRanges {
  private readonly cidrs: readonly Cidr[];

  /** Throws when one is neither an address nor a range. */
  constructor(readonly texts: readonly string[]) {
    this.cidrs = texts.map(parse);
  }

  /** Whether the text could stand in such a list. */
  static accepts(text: string): boolean {
    try {
      parse(text);
      return true;
    } catch {
      return false;
    }
  }

  /** An IPv4 address that came over IPv6 (`::ffff:…`) is the IPv4 address. */
  includes(address: string): boolean {
    const bare = address.split('%')[0] ?? ''; // without the zone of a link-local address
    if (isIP(bare) === 0) return false;
    const parsed = ipaddr.process(bare);
    return this.cidrs.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  }
}

function parse(text: string): Cidr {
  const [address = '', bits] = text.split('/');
  if (isIP(address) === 0) throw new Error(`${text} is not an address`); // ipaddr.js takes 10.1 for one
  if (bits !== undefined) return ipaddr.parseCIDR(text);
  const parsed = ipaddr.parse(address);
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128];
}
