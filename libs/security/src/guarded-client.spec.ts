import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@chargebus/testing';
import { GuardedClient } from './guarded-client';
import type { OutboundRequest } from './guarded-client';
import type { ResolveHost } from './host-resolver';

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const opened: { close(): unknown }[] = [];

async function aServer(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port.toString();
}
function aClient(allowCidrs: readonly string[] = LOOPBACK, resolve?: ResolveHost): GuardedClient {
  const client = new GuardedClient({ allowCidrs, ...(resolve === undefined ? {} : { resolve }) });
  opened.push(client);
  return client;
}
const aRequest = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  timeoutMs: 2_000,
  maxResponseBytes: 1_000,
  ...more,
});

describe('guarded client', () => {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
  });

  it('I19 posts and hands back status, Retry-After and body', async () => {
    const port = await aServer((request, response) => {
      request.pipe(response.writeHead(503, { 'retry-after': '7' }));
    });
    const answer = await aClient().request(aRequest(`http://127.0.0.1:${port}/hook?a=1`, { body: 'echo' }));
    expect({ ...answer, body: answer.body.toString() }).toEqual({
      status: 503,
      retryAfter: '7',
      body: 'echo',
      truncated: false,
    });
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::10.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://a.localhost/',
    'https://100.64.0.1/',
    'ftp://8.8.8.8/',
    'file:///etc/passwd',
    'http://user:password@8.8.8.8/',
    'http://8.8.8.8:22/',
    'nonsense',
  ])('refuses %s before it is stored and again when it is used', async (url) => {
    const client = aClient([]);
    await expect(client.check(url)).rejects.toMatchObject({ name: 'ADDRESS_REFUSED' });
    await expect(client.request(aRequest(url))).rejects.toMatchObject({ failure: 'refused' });
  });

  it('refuses a name when any of its addresses is private', async () => {
    const client = aClient([], () => Promise.resolve(['8.8.8.8', '10.0.0.7']));
    await expect(client.check('https://partner.example/')).rejects.toThrow(/leads to a private address/);
    await expect(client.request(aRequest('https://partner.example/'))).rejects.toMatchObject({ failure: 'refused' });
  });

  it('is not fooled by a name that is public when it is stored and private when it is used', async () => {
    let hits = 0;
    const port = await aServer((_request, response) => response.end((hits += 1)));
    const answers = [['8.8.8.8'], ['127.0.0.1']];
    const client = aClient([], () => Promise.resolve(answers.shift() ?? ['127.0.0.1']));
    const url = `http://rebinding.example:${port}/`;
    await expect(client.check(url)).resolves.toBeUndefined();
    await expect(client.request(aRequest(url))).rejects.toMatchObject({ failure: 'refused' });
    expect(hits).toBe(0);
  });

  it('connects to the address that was checked, asking once per connection', async () => {
    const port = await aServer((request, response) => response.end(request.headers.host));
    let asked = 0;
    const client = aClient(LOOPBACK, () => Promise.resolve((asked += 1) === 1 ? ['127.0.0.1'] : ['10.9.9.9']));
    for (let i = 0; i < 3; i++) {
      const answer = await client.request(aRequest(`http://partner.example:${port}/`));
      expect(answer.body.toString()).toBe(`partner.example:${port}`);
      await new Promise((resolve) => setImmediate(resolve)); // the socket is idle again one turn later
    }
    expect(asked).toBe(1);
  });

  it('stores a name that does not resolve yet', async () => {
    const client = aClient([], () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })));
    await expect(client.check('https://soon.example/')).resolves.toBeUndefined();
    await expect(client.request(aRequest('https://soon.example/'))).rejects.toMatchObject({ failure: 'dns' });
  });

  it('does not follow a redirect', async () => {
    let hits = 0;
    const port = await aServer((request, response) => {
      hits += 1;
      response.writeHead(302, { location: `http://127.0.0.1:${request.socket.localPort?.toString() ?? ''}/b` }).end();
    });
    expect((await aClient().request(aRequest(`http://127.0.0.1:${port}/a`))).status).toBe(302);
    expect(hits).toBe(1);
  });

  it('reads no more of an answer than was asked for', async () => {
    const port = await aServer((_request, response) => {
      const write = (): void => {
        if (response.write(Buffer.alloc(65_536, 'x'))) setImmediate(write);
      };
      write();
    });
    const answer = await aClient().request(aRequest(`http://127.0.0.1:${port}/`));
    expect([answer.status, answer.body.length, answer.truncated]).toEqual([200, 1_000, true]);
  });

  it('gives up at the deadline, silent before the status or trickling after it', async () => {
    const silent = await aServer(() => undefined);
    await expect(aClient().request(aRequest(`http://127.0.0.1:${silent}/`, { timeoutMs: 100 }))).rejects.toMatchObject({
      failure: 'timeout',
    });
    const trickling = await aServer((_request, response) => response.writeHead(200).write('x'));
    const answer = await aClient().request(aRequest(`http://127.0.0.1:${trickling}/`, { timeoutMs: 100 }));
    expect([answer.status, answer.truncated]).toEqual([200, true]);
  });

  it('says how a connection failed', async () => {
    const port = await aServer((request) => request.socket.destroy());
    await expect(aClient().request(aRequest(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({ failure: 'broken' });
    const plain = await aServer((_request, response) => response.end());
    await expect(aClient().request(aRequest(`https://127.0.0.1:${plain}/`))).rejects.toMatchObject({ failure: 'tls' });
    const closed = (await freePort()).toString();
    await expect(aClient().request(aRequest(`http://127.0.0.1:${closed}/`))).rejects.toMatchObject({
      failure: 'connect',
    });
  });
});
