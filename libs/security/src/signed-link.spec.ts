import { SignedLink } from './signed-link';

const OLD = `old:${Buffer.alloc(32, 1).toString('base64')}`;
const NEW = `new:${Buffer.alloc(32, 2).toString('base64')}`;
const BLOB = { bucket: 'firmware', file: 'a1b2.bin' };
const EXPIRES = new Date('2026-01-01T00:10:00Z');
const BEFORE = new Date('2026-01-01T00:09:59Z');

/** The three parts of an address as `api` reads them. */
function partsOf(url: string): { name: string; expires: string; signature: string } {
  const { pathname, searchParams } = new URL(url);
  return {
    name: pathname.replace('/api/downloads/', ''),
    expires: searchParams.get('expires') ?? '',
    signature: searchParams.get('signature') ?? '',
  };
}

describe('signed link', () => {
  const links = new SignedLink(NEW, 'https://charge.example/');
  const url = links.urlOf(BLOB, EXPIRES);
  const parts = partsOf(url);

  it('Q07 names the blob and opens until it expires', () => {
    expect(url).toMatch(
      /^https:\/\/charge\.example\/api\/downloads\/firmware\.a1b2\.bin\?expires=1767226200&signature=/,
    );
    expect(links.open(parts, BEFORE)).toEqual({ blob: BLOB });
    expect(links.open(parts, EXPIRES)).toEqual({ refused: 'expired' });
  });

  it.each([
    ['another name', { name: 'firmware.a1b3.bin' }],
    ['another bucket', { name: 'archive.a1b2.bin' }],
    ['a later end', { expires: '1767226201' }],
    ['no signature', { signature: '' }],
    ['half a signature', { signature: parts.signature.slice(0, 20) }],
    ['a changed signature', { signature: `${parts.signature.startsWith('A') ? 'B' : 'A'}${parts.signature.slice(1)}` }],
  ])('refuses %s', (_name, change) => {
    expect(links.open({ ...parts, ...change }, BEFORE)).toEqual({ refused: 'forged' });
  });

  it('tells a stranger nothing of whether a forged link has expired', () => {
    expect(links.open({ ...parts, expires: '1' }, BEFORE)).toEqual({ refused: 'forged' });
  });

  it.each([
    { name: 'nodot' },
    { name: '.x' },
    { name: 'a.' },
    { name: 'a.../../b' },
    { expires: '1e9' },
    { expires: '' },
  ])('refuses what is no link: %j', (change) => {
    expect(links.open({ ...parts, ...change }, BEFORE)).toEqual({ refused: 'malformed' });
  });

  it('opens links of an older key after a rotation, and not of a key that is gone', () => {
    const old = partsOf(new SignedLink(OLD, 'http://x').urlOf(BLOB, EXPIRES));
    expect(new SignedLink(`${NEW},${OLD}`, 'http://x').open(old, BEFORE)).toEqual({ blob: BLOB });
    expect(links.open(old, BEFORE)).toEqual({ refused: 'forged' });
  });

  it('throws for a name that an address cannot carry', () => {
    for (const file of ['', '../x', 'a b', 'ä', '.hidden', 'x'.repeat(121)])
      expect(() => links.urlOf({ bucket: 'firmware', file }, EXPIRES)).toThrow(/no link can name/);
  });
});
