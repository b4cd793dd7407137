import path from 'node:path';
import { answer, ApiFailure, connect } from '@chargebus/api-client';
import { ap3000, Fleet } from '@chargebus/simulator';
import type { VirtualDevice } from '@chargebus/simulator';
import { eventually } from '@chargebus/testing';
import { likeShown, run, stepsOf } from './harness/manual';
import { CollectionRunner } from './harness/postman';
import { Story } from './harness/story';

const ROOT = path.join(__dirname, '..');
const E_BIKE = { powerW: 400, needWh: 50_000 };

/** What an integrator is given besides the interface itself: the manual, the typed client, the collection. */
describe('documents that run', () => {
  let story: Story;
  let fleet: Fleet;
  let device: VirtualDevice;

  beforeAll(async () => {
    story = await Story.begin();
    const { devicePort: port } = story.installation;
    fleet = await Fleet.connect({
      protocol: ap3000({ model: 'ten-port' }),
      host: '127.0.0.1',
      port,
      devices: 1,
      speed: 600,
    });
    device = fleet.devices[0]!;
    await story.event('device.online', (event) => event.device_phy_id === device.deviceId);
    for (const portNo of [1, 2, 3]) device.plugIn(portNo, E_BIKE);
  }, 60_000);
  afterAll(async () => {
    fleet.close();
    await story.end();
  });

  it('D16 D18 A20 follows the integration manual from the key to the settled charge', async () => {
    const { baseUrls, apiKey, apiSecret } = story.installation;
    const ORDER = 'ORD-2026-000001';
    const variables = {
      ...{ URL: baseUrls[0]!, KEY: apiKey, SECRET: apiSecret, RECEIVER: story.receiver.url },
      ...{ DEVICE: device.deviceId, PORT: '1', ORDER },
    };
    const steps = stepsOf(path.join(ROOT, 'docs/integration.md'));
    expect(steps.length).toBeGreaterThanOrEqual(7);
    for (const { command, shown } of steps) {
      // Looking may be repeated until it is so; what changes something is done once.
      const once = await run(command, variables);
      if (!/^call GET/m.test(command)) expect(once).toEqual(likeShown(shown));
      else
        await eventually(async () => {
          expect(await run(command, variables)).toEqual(likeShown(shown));
        });
    }
    const completed = await story.event('charging.completed', (event) => event.data.third_party_order_no === ORDER);
    expect(completed.data.total_energy).toBeGreaterThan(0);
  });

  it('D16 charges with the typed client, and says by name what was refused', async () => {
    const { api } = story;
    const of = { path: { phyId: device.deviceId } };
    const body = { port_no: 2, mode: 1 as const, time_limit: 60, third_party_order_no: 'ORD-TYPED' };
    const begun = await answer(
      api.POST('/api/third/devices/{phyId}/charge/start', { params: { ...of, query: { wait: 'ack' } }, body }),
    );
    expect(begun).toMatchObject({ third_party_order_no: 'ORD-TYPED', command_status: 'acked' });
    const { items } = await answer(api.GET('/api/third/devices', { params: { query: { online: true } } }));
    expect(items.map(({ phy_id }) => phy_id)).toContain(device.deviceId);

    const refused = answer(
      api.POST('/api/third/devices/{phyId}/charge/start', {
        params: of,
        body: { ...body, third_party_order_no: 'ORD-OTHER' },
      }),
    );
    await expect(refused).rejects.toBeInstanceOf(ApiFailure);
    await expect(refused).rejects.toMatchObject({ status: 409, error: 'PORT_BUSY' });
    const { baseUrls, apiKey } = story.installation;
    const stranger = connect({ baseUrl: baseUrls[0]!, apiKey, apiSecret: 'another' });
    await expect(answer(stranger.GET('/api/third/devices', {}))).rejects.toMatchObject({
      status: 401,
      error: 'SIGNATURE_INVALID',
    });
  });

  it('D17 sends the requests of the collection as they are, signed by their own script', async () => {
    const runner = await CollectionRunner.open(
      path.join(ROOT, 'docs/generated/chargebus-third.postman_collection.json'),
      story.installation,
    );
    try {
      const listed = await runner.send('List devices');
      expect(listed).toMatchObject({ status: 200, body: { code: 0 } });
      const begun = await runner.send('Start a charge', { phyId: device.deviceId }, { port_no: 3 });
      expect(begun).toMatchObject({ status: 200, body: { code: 0, data: { third_party_order_no: 'ORD001' } } });
    } finally {
      runner.close();
    }
  });
});
