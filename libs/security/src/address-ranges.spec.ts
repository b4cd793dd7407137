import { AddressRanges } from './address-ranges';

describe('a list of addresses', () => {
  const ranges = new AddressRanges(['203.0.113.7', '10.1.0.0/16', '2001:db8::/32', '::1']);

  it.each(['203.0.113.7', '10.1.255.255', '::ffff:10.1.2.3', '2001:db8:1::9', '::1', '2001:DB8::1%eth0'])(
    'Z09 includes %s',
    (address) => {
      expect(ranges.includes(address)).toBe(true);
    },
  );
  it.each(['203.0.113.8', '10.2.0.0', '2001:db9::1', '::2', '', 'localhost', '10.1'])(
    'Z09 leaves out %j',
    (address) => {
      expect(ranges.includes(address)).toBe(false);
    },
  );
  it.each(['10.1', 'x', '10.0.0.0/33', '::1/129', '10.0.0.0/', ''])('Z09 does not take %j', (text) => {
    expect(AddressRanges.accepts(text)).toBe(false);
    expect(() => new AddressRanges([text])).toThrow();
  });
});
