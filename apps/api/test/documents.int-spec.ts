import { ROUTES } from '@chargebus/api-contract';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { CONTROLLERS } from '../src/app.module';
import { nestPaths } from '../src/http/endpoint.decorator';
import { ApiUnderTest } from './api-under-test';

describe('the documents and what is served', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await ApiUnderTest.start();
  });
  afterAll(() => api.stop());
  const get = (path: string) => fetch(`http://127.0.0.1:${api.api.port.toString()}${path}`);

  it('D16 serves every route of the contract, and nothing that the documents leave out', async () => {
    const served = CONTROLLERS.flatMap(({ prototype }) =>
      Object.entries(Object.getOwnPropertyDescriptors(prototype as object))
        .filter(([name]) => name !== 'constructor')
        .flatMap(([, { value }]) => {
          const handler = value as object;
          const paths = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
          const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
          return [paths ?? []].flat().map((path) => `${RequestMethod[method ?? 0]} ${path}`);
        }),
    );
    const promised = ROUTES.flatMap((route) => nestPaths(route).map((path) => `${route.method} ${path}`));
    const { paths } = (await (await get('/api/docs/internal.json')).json()) as { paths: Record<string, object> };
    const open = Object.entries(paths)
      .filter(([path]) => !path.startsWith('/api/internal/'))
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
      );
    const documents = served.filter((route) => route.startsWith('GET /api/docs'));
    expect(served.sort()).toEqual([...promised, ...open, ...documents].sort());
  });

  it('I21 serves the catalogue of events and the AsyncAPI document, which say the same', async () => {
    const { body } = await api.call('GET', '/api/third/events/catalogue');
    const events = body.data?.events as { event: string; named_only: boolean; examples: Record<string, object> }[];
    const document = (await (await get('/api/docs/asyncapi.json')).json()) as {
      asyncapi: string;
      components: { messages: Record<string, object> };
    };
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.keys(document.components.messages)).toEqual(expect.arrayContaining(events.map(({ event }) => event)));
    expect(events.filter(({ named_only }) => named_only).map(({ event }) => event)).toEqual(['device.heartbeat']);
    const { body: one } = await api.call('GET', '/api/third/events/catalogue?event=charging.progress');
    expect(one.data?.events).toMatchObject([
      {
        event: 'charging.progress',
        examples: {
          v1: { device_phy_id: '04AB373B', data: { realtime_data: { power: 7200 } } },
          'v1-flat': { data: { current_power: 7200 } },
        },
        schemas: {
          v1: { properties: { data: { properties: { energy_consumed: { description: 'kWh since the start.' } } } } },
        },
      },
    ]);
  });

  it('D16 D17 serves one document per surface and a page with its files', async () => {
    const third = (await (await get('/api/docs/third.json')).json()) as { openapi: string; paths: object };
    expect(third.openapi).toBe('3.1.0');
    expect(Object.keys(third.paths).every((path) => path.startsWith('/api/third/'))).toBe(true);
    const page = await get('/api/docs');
    expect(page.headers.get('content-type')).toContain('text/html');
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="(\/api\/docs\/assets\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files).toHaveLength(4);
    for (const file of files) expect((await get(file)).status).toBe(200);
    for (const file of ['package.json', '..%2fpackage.json', 'constructor'])
      expect((await get(`/api/docs/assets/${file}`)).status).toBe(404);
  });
});
