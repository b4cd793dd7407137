import { UploadLink } from './upload-link';

const OLD = `old:${Buffer.alloc(32, 1).toString('base64')}`;
const NEW = `new:${Buffer.alloc(32, 2).toString('base64')}`;
const EXPIRES = new Date('2026-01-01T00:10:00Z');
const BEFORE = new Date('2026-01-01T00:09:59Z');
const tokenOf = (url: string): string => new URL(url).pathname.split('/')[3] ?? '';

describe('upload link', () => {
  const links = new UploadLink(NEW, 'https://charge.example/');
  const token = tokenOf(links.urlOf('lu_1', EXPIRES));

  it('F22 names the upload and opens until it expires', () => {
    expect(links.open(token, BEFORE)).toEqual({ uploadId: 'lu_1' });
    expect(links.open(token, EXPIRES)).toEqual({ refused: 'expired' });
  });
  it.each([
    ['another upload', token.replace('lu_1', 'lu_2')],
    ['a later end', token.replace(/\.\d+\./, '.9999999999.')],
    ['no signature', token.replace(/\.[^.]*$/, '.')],
    ['nothing', ''],
    ['what is no token', '../../etc'],
  ])('refuses %s', (_what, forged) => {
    expect(links.open(forged, BEFORE)).toEqual({ refused: 'forged' });
  });
  it('opens what an older key has signed', () => {
    const old = tokenOf(new UploadLink(OLD, 'http://x').urlOf('lu_1', EXPIRES));
    expect(new UploadLink(`${NEW},${OLD}`, 'http://x').open(old, BEFORE)).toEqual({ uploadId: 'lu_1' });
    expect(links.open(old, BEFORE)).toEqual({ refused: 'forged' });
  });
});
