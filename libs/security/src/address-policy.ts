import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Cidr = [Address, number];

/** Public by number and yet served by the machine's own host: Azure's wire server. */
const SERVED_BY_THE_HOST: readonly Cidr[] = [ipaddr.parseCIDR('168.63.129.16/32')];
/** All that IANA ever assigned to global unicast; what lies outside is unassigned or special. */
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3');
const LOWEST_UNPRIVILEGED_PORT = 1024;
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);

/**
 * Which addresses an URL that a user has set may lead to: public unicast, and what an operator allows by range.
 * Loopback, private, link-local (cloud metadata), CGNAT, multicast, reserved and documentation ranges are refused, and so
 * is every IPv6 form that carries an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo).
 */
export class AddressPolicy {
  private readonly allowed: readonly Cidr[];

  /** `allowCidrs`: `10.1.0.0/16`, `::1/128`. Throws when one is not a range. */
  constructor(allowCidrs: readonly string[]) {
    this.allowed = allowCidrs.map((cidr) => ipaddr.parseCIDR(cidr));
  }

  /** Why a connection to the address is refused; null: it is allowed. */
  refusal(address: string): string | null {
    if (isIP(address) === 0) return 'not an address';
    const parsed = ipaddr.process(address); // ::ffff:10.0.0.1 is 10.0.0.1 from here on
    if (this.allowed.some((cidr) => contains(cidr, parsed))) return null;
    if (SERVED_BY_THE_HOST.some((cidr) => contains(cidr, parsed))) return 'hostService';
    const range = parsed.range();
    if (range !== 'unicast') return range;
    return parsed.kind() === 'ipv6' && !contains(GLOBAL_UNICAST_V6, parsed) ? 'unassigned' : null;
  }

  /** Mail, SSH and the like live below 1024: only the web's two ports are reachable there. */
  refusesPort(port: number): boolean {
    return port < LOWEST_UNPRIVILEGED_PORT && !WEB_PORTS.has(port);
  }
}

/** Comparing across families throws in ipaddr.js, so the kind is asked first. */
const contains = ([network, bits]: Cidr, address: Address): boolean =>
  network.kind() === address.kind() && address.match(network, bits);
