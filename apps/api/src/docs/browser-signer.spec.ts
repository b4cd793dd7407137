import { webcrypto } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { classicSignature } from '@chargebus/security';
import { BROWSER_SIGNER } from './browser-signer';

interface Request {
  readonly url: string;
  readonly method: string;
  readonly body?: string;
  readonly headers: Record<string, string>;
}
type Signer = (request: Request, credentials: { apiKey: string; apiSecret: string }) => Promise<Request>;

describe('the signer of the documents page', () => {
  const location = { href: 'http://127.0.0.1:3000/api/docs' };
  const sign = runInNewContext(`${BROWSER_SIGNER}; signRequest`, {
    crypto: webcrypto,
    TextEncoder,
    URL,
    Uint8Array,
    location,
  }) as Signer;

  it('D16 signs what "Execute" sends as decision 13 says', async () => {
    const path = '/api/third/devices/04AB373B/charge/start?wait=ack';
    const body = '{"port_no":1,"third_party_order_no":"订单1"}';
    const { headers } = await sign(
      { url: `http://127.0.0.1:3000${path}`, method: 'post', body, headers: {} },
      { apiKey: 'key', apiSecret: 'secret' },
    );
    const [timestamp, nonce] = [headers['X-Timestamp']!, headers['X-Nonce']!];
    expect(headers['X-Signature']).toBe(classicSignature('secret', { method: 'POST', path, timestamp, nonce, body }));
    expect(headers['X-Api-Key']).toBe('key');
  });
  it('leaves a call alone while no key is typed in', async () => {
    const { headers } = await sign({ url: '/x', method: 'GET', headers: {} }, { apiKey: '', apiSecret: '' });
    expect(headers).toEqual({});
  });
});
