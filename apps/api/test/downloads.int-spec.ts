import { randomBytes } from 'node:crypto';
import { BlobStore } from '@chargebus/messaging';
import { SignedLink } from '@chargebus/security';
import { ApiUnderTest, SECRETS_KEYS } from './api-under-test';

const HOUR_MS = 3_600_000;

describe('signed download links', () => {
  const content = randomBytes(300_000);
  let api: ApiUnderTest;
  let store: BlobStore;
  let links: SignedLink;
  beforeAll(async () => {
    api = await ApiUnderTest.start();
    links = new SignedLink(SECRETS_KEYS, `http://127.0.0.1:${api.api.port.toString()}`);
    store = await BlobStore.open(api.others, 'exports');
    const source = async function* () {
      yield await Promise.resolve(content);
    };
    await store.put('exp_1.csv', source(), { filename: 'samples "of" today.csv' });
  });
  afterAll(() => api.stop());
  const link = (file = 'exp_1.csv', inMs = HOUR_MS) =>
    links.urlOf({ bucket: 'exports', file }, new Date(Date.now() + inMs));
  const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

  it('Q07 F17 serves the bytes to whoever holds the link, for no cache to keep', async () => {
    const answer = await fetch(link());
    expect(answer.status).toBe(200);
    expect((await bytesOf(answer)).equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': '300000',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="samples _of_ today.csv"',
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    });
  });

  it('Q07 answers HEAD with the same headers and nothing else', async () => {
    const answer = await fetch(link(), { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '300000']);
    expect((await bytesOf(answer)).length).toBe(0);
  });

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=131000-140000', 131_000, 140_001],
    ['bytes=299990-', 299_990, 300_000],
    ['bytes=-5', 299_995, 300_000],
  ])('Q07 serves %s, so that a broken download can go on', async (range, from, to) => {
    const answer = await fetch(link(), { headers: { range } });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${from.toString()}-${(to - 1).toString()}/300000`);
    expect((await bytesOf(answer)).equals(content.subarray(from, to))).toBe(true);
  });

  it('Q07 goes on only with the bytes it began with', async () => {
    const etag = (await fetch(link(), { method: 'HEAD' })).headers.get('etag')!;
    const ask = async (condition: string) =>
      (await fetch(link(), { headers: { range: 'bytes=0-9', 'if-range': condition } })).status;
    expect(await ask(etag)).toBe(206);
    expect(await ask('"other"')).toBe(200);
  });

  it('Q07 refuses a range beyond the end and says where the end is', async () => {
    const answer = await fetch(link(), { headers: { range: 'bytes=300000-' } });
    expect(answer.headers.get('content-range')).toBe('bytes */300000');
    expect(answer.headers.get('content-disposition')).toBeNull();
    expect(await answer.json()).toMatchObject({ error: 'RANGE_NOT_SATISFIABLE' });
    expect(answer.status).toBe(416);
  });

  it.each([
    ['a changed name', (url: string) => url.replace('exp_1', 'exp_2'), 403, 'LINK_FORGED'],
    ['a later end', (url: string) => url.replace('expires=', 'expires=9'), 403, 'LINK_FORGED'],
    ['no signature', (url: string) => url.replace(/&signature=.*/, ''), 403, 'LINK_FORGED'],
    ['two signatures', (url: string) => `${url}&signature=x`, 403, 'LINK_FORGED'],
    ['no query', (url: string) => url.replace(/\?.*/, ''), 403, 'LINK_FORGED'],
    ['a blob that is gone', () => link('gone.csv'), 404, 'DOWNLOAD_NOT_FOUND'],
    ['a link that has expired', () => link('exp_1.csv', -1_000), 410, 'LINK_EXPIRED'],
  ])('Q07 refuses %s', async (_name, change, status, error) => {
    const answer = await fetch(change(link()));
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error, data: null, request_id: expect.any(String) as string });
    expect((await fetch(change(link()), { method: 'HEAD' })).status).toBe(status);
  });
});
