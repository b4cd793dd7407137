import fc from 'fast-check';
import { fromBase64 } from './base64';
import { fingerprint32, sum16, sum32 } from './checksum';
import { fromHex, toHex } from './hex';

describe('bytes as text', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        const base64 = Buffer.from(bytes).toString('base64');
        expect(fromBase64(base64)).toEqual(bytes);
        expect(fromBase64(base64.replaceAll('=', ''))).toEqual(bytes);
      }),
    );
  });
  it.each(['abc', 'zz', '0x12'])('takes %j for no hex', (text) => {
    expect(() => fromHex(text)).toThrow(RangeError);
  });
  it.each(['A', 'AAAAA', 'AA*A', 'AA\n'])('takes %j for no base64', (text) => {
    expect(() => fromBase64(text)).toThrow(RangeError);
  });
});

describe('checksums', () => {
  it('adds bytes and keeps 16 or 32 bits', () => {
    const many = new Uint8Array(300).fill(255);
    expect(sum16(many)).toBe((300 * 255) & 0xffff);
    expect(sum32(many)).toBe(300 * 255);
    expect(sum16(fromHex('444e591000f36ca204b901212b09020000005d'))).toBe(0x046e);
  });
  it('tells frames apart by position, too', () => {
    expect(fingerprint32(fromHex('0102'))).not.toBe(fingerprint32(fromHex('0201')));
    expect(fingerprint32(new TextEncoder().encode('a'))).toBe(0xe40c292c);
  });
});
