import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { DeviceNotFound, ServiceTimeout } from '@chargebus/errors';
import { GetChargeStatus, GetDevice } from '@chargebus/requests';
import { ApiUnderTest, sign } from './api-under-test';

const START = '/api/third/devices/04AB373B/charge/start';
const STATUS = '/api/third/devices/04AB373B/charge/status?port_no=1';

describe('bad requests at the HTTP edge', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await ApiUnderTest.start({ HTTP_BODY_LIMIT_BYTES: '2048' });
    api.others.answer(GetChargeStatus, () => Promise.reject(new Error('a bug')));
    api.others.answer(GetDevice, ({ deviceId }) => {
      throw deviceId === 'slow' ? new ServiceTimeout({ service: 'x' }) : new DeviceNotFound({ deviceId });
    });
  });
  afterAll(() => api.stop());
  const post = (rawBody: string | Buffer, headers: Record<string, string> = {}) =>
    api.call('POST', START, { rawBody, headers });

  /** What comes back until the server closes, or until it has said `enough`. */
  const exchange = (bytes: string, enough?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(api.api.port, '127.0.0.1', () => socket.write(bytes));
      let received = '';
      socket.on('data', (data) => {
        received += data.toString();
        if (enough !== undefined && received.includes(enough)) socket.destroy();
      });
      socket.on('close', () => {
        resolve(received);
      });
      socket.on('error', reject);
    });

  it('D08 answers an unknown path with 404 in the envelope, without asking who calls', async () => {
    for (const target of ['/', '/api', '/api/third/nothing', '/api/third/devices/a/b/c/d', `/api/${'x'.repeat(300)}`])
      expect(await api.call('GET', target, { client: null })).toMatchObject({
        status: 404,
        body: { code: 1007, data: null, error: 'ROUTE_NOT_FOUND' },
      });
  });

  it('D08 answers a known path with another method with 405 and Allow', async () => {
    const answer = await api.call('PUT', START, { client: null });
    expect(answer).toMatchObject({ status: 405, body: { error: 'METHOD_NOT_ALLOWED' } });
    expect(answer.headers.get('allow')).toBe('POST');
    const endpoints = await api.call('DELETE', '/api/v1/third/webhooks/endpoints', { client: null });
    expect(endpoints.headers.get('allow')).toBe('POST, GET');
  });

  it('D08 refuses a path that cannot be decoded', async () => {
    expect(await api.call('GET', '/api/third/devices/%ZZ', { client: null })).toMatchObject({
      status: 400,
      body: { error: 'URL_MALFORMED' },
    });
  });

  it('D09 refuses a body that is too large', async () => {
    expect(await post(JSON.stringify({ port_no: 1, filler: 'x'.repeat(3000) }))).toMatchObject({
      status: 413,
      body: { error: 'BODY_TOO_LARGE', code: 1103 },
    });
  });

  it('Z07 does not wait for a large body of somebody who is not known', async () => {
    const head = [
      `POST ${START} HTTP/1.1`,
      'host: api',
      'content-type: application/json',
      'x-api-key: cb_nobody',
      'content-length: 65537',
    ];
    const text = await exchange(`${head.join('\r\n')}\r\n\r\n{`, '"error"');
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    expect(text).toContain('"error":"API_KEY_UNKNOWN"');
  });

  it.each(['{', '{"port_no":1,}', "{'port_no':1}", 'port_no=1', '\u0000', '['.repeat(900)])(
    'D09 refuses malformed JSON: %j',
    async (rawBody) => {
      expect(await post(rawBody)).toMatchObject({ status: 400, body: { error: 'BODY_MALFORMED', code: 1104 } });
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'D09 refuses content type %s',
    async (contentType) => {
      expect(await post('{"port_no":1}', { 'content-type': contentType })).toMatchObject({
        status: 415,
        body: { error: 'UNSUPPORTED_MEDIA_TYPE' },
      });
    },
  );

  it('D09 takes JSON with a charset', async () => {
    expect((await post('{}', { 'content-type': 'application/json; charset=utf-8' })).body.error).toBe(
      'VALIDATION_FAILED',
    );
  });

  it('D09 takes no text that is not in the charset that it names', async () => {
    const gbk = Buffer.concat([Buffer.from('{"third_party_order_no":"'), Buffer.from([0xb6, 0xa9]), Buffer.from('"}')]);
    expect((await post(gbk)).body.error).toBe('BODY_MALFORMED');
    expect((await post(gbk, { 'content-type': 'application/json; charset=gbk' })).body.error).toBe('VALIDATION_FAILED');
  });

  it.each([{ 'content-encoding': 'gzip' }, { 'content-type': 'application/json; charset=klingon' }])(
    'D09 says that it cannot read a body with %j',
    async (headers) => {
      expect((await post('{}', headers)).body.error).toBe('UNSUPPORTED_MEDIA_TYPE');
    },
  );

  it('D08 answers bytes that are no HTTP in the envelope and closes', async () => {
    const text = await exchange('NOT HTTP\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('"error":"BODY_MALFORMED"');
  });

  it('D08 tells nothing of a bug but its request id', async () => {
    const answer = await api.call('GET', STATUS);
    expect(answer).toMatchObject({ status: 500, body: { code: 1599, error: 'INTERNAL_ERROR', data: null } });
    expect(JSON.stringify(answer.body)).not.toContain('a bug');
  });

  it('D08 answers 503 with Retry-After while a service is away, 504 when it is late', async () => {
    const away = await api.call('GET', '/api/third/devices');
    expect(away).toMatchObject({ status: 503, body: { error: 'SERVICE_UNAVAILABLE' } });
    expect(away.headers.get('retry-after')).toBe('2');
    expect(await api.call('GET', '/api/third/devices/slow')).toMatchObject({
      status: 504,
      body: { error: 'SERVICE_TIMEOUT' },
    });
  });

  it.each([
    [undefined, '设备不存在', 'zh'],
    ['*', '设备不存在', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', '设备不存在', 'zh'],
    ['en-US,en;q=0.9', 'device NONE not found', 'en'],
    ['fr, zh;q=0.2, en;q=0.4', 'device NONE not found', 'en'],
    ['de', '设备不存在', 'zh'],
  ])('D06 speaks the language of Accept-Language %s', async (language, message, content) => {
    const target = '/api/third/devices/NONE';
    const response = await fetch(`http://127.0.0.1:${api.api.port.toString()}${target}`, {
      headers: {
        ...sign(api.client, 'GET', target, ''),
        ...(language === undefined ? {} : { 'accept-language': language }),
      },
    });
    expect(response.headers.get('content-language')).toBe(content);
    expect(await response.json()).toMatchObject({ code: 1001, data: null, message });
  });

  it('D06 D07 tells every failure by a number, a name and the HTTP status that fits', async () => {
    const operator = await api.newClient({ scopes: ['internal'] });
    const target = `/api/internal/clients/${randomUUID()}`;
    expect(await api.call('GET', target, { client: operator, headers: { 'accept-language': 'zh' } })).toMatchObject({
      status: 404,
      body: { code: 1009, data: null, message: '客户端不存在', error: 'CLIENT_NOT_FOUND' },
    });
  });

  it.each(['a b', '\u0000', 'é', 'x'.repeat(65)])('D09 refuses the device id %j', async (phyId) => {
    const target = `/api/third/devices/${encodeURIComponent(phyId)}`;
    expect(await api.call('GET', target)).toMatchObject({ status: 400, body: { details: [{ field: 'phyId' }] } });
  });

  it('X02 D03 X15 R03 answers health and metrics to anybody', async () => {
    const get = (path: string) => fetch(`http://127.0.0.1:${api.api.port.toString()}${path}`);
    expect(await (await get('/health/live')).json()).toEqual({ status: 'ok' });
    expect(await (await get('/health/ready')).json()).toEqual({
      status: 'ok',
      checks: { postgres: 'ok', nats: 'ok', redis: 'ok' },
    });
    for (const path of ['/api/metrics', '/api/metrics/', '/metrics', '/actuator/prometheus']) {
      const answer = await get(path);
      expect(answer.headers.get('content-type')).toContain('text/plain');
      expect(await answer.text()).toContain('chargebus_api_request_duration_seconds_bucket');
    }
  });
});
