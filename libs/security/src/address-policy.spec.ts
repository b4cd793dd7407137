import { AddressPolicy } from './address-policy';

describe('address policy', () => {
  const policy = new AddressPolicy([]);

  it.each([
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fdff::1']],
    ['link-local and cloud metadata', ['169.254.0.1', '169.254.169.254', 'fe80::1', 'fd00:ec2::254', '168.63.129.16']],
    ['carrier-grade NAT', ['100.64.0.1', '100.100.100.200', '100.127.255.255']],
    ['this network and broadcast', ['0.0.0.0', '0.1.2.3', '255.255.255.255', '::']],
    ['multicast', ['224.0.0.1', '239.255.255.255', 'ff02::1']],
    ['reserved', ['240.0.0.1', '192.0.0.192', '192.88.99.1', '198.18.0.1', '100::1', 'fec0::1', '4000::1']],
    ['documentation', ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1']],
    ['IPv4 mapped into IPv6', ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:169.254.169.254', '::ffff:7f00:1']],
    ['IPv4 in other IPv6 forms', ['::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1']],
    ['no address at all', ['', 'localhost', '127.1', '0x7f000001', '2130706433']],
  ])('refuses %s', (_name, addresses) => {
    for (const address of addresses) expect([address, policy.refusal(address)]).toEqual([address, expect.any(String)]);
  });

  it.each(['8.8.8.8', '100.63.255.255', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('allows %s', (address) => {
    expect(policy.refusal(address)).toBeNull();
  });

  it('allows the ranges of the operator, mapped forms included, and nothing beside them', () => {
    const lenient = new AddressPolicy(['10.1.0.0/16', '::1/128']);
    expect(['10.1.2.3', '::ffff:10.1.2.3', '::1'].map((address) => lenient.refusal(address))).toEqual([
      null,
      null,
      null,
    ]);
    expect(['10.2.0.1', '127.0.0.1', 'fe80::1'].map((address) => lenient.refusal(address))).not.toContain(null);
  });

  it('refuses ports below 1024 except those of the web', () => {
    expect([22, 25, 111, 445, 1023].every((port) => policy.refusesPort(port))).toBe(true);
    expect([80, 443, 1024, 8443].some((port) => policy.refusesPort(port))).toBe(false);
  });

  it('throws at start when a configured range is none', () => {
    expect(() => new AddressPolicy(['10.0.0.0/99'])).toThrow();
    expect(() => new AddressPolicy(['everything'])).toThrow();
  });
});
