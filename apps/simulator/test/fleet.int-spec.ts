import { eventually } from '@chargebus/testing';
import { ap3000, Fleet } from '../src';
import type { Ap3000Device, Ap3000Options, FleetOptions } from '../src';
import { FakeGateway } from './fake-gateway';
import { orderHexOf, startOrder } from './fake-platform';

const VEHICLE = { powerW: 200, needWh: 500 };

describe('Fleet', () => {
  let gateway: FakeGateway;
  const fleets: Fleet<Ap3000Device>[] = [];

  beforeEach(async () => {
    gateway = await FakeGateway.listen();
  });
  afterEach(async () => {
    for (const fleet of fleets.splice(0)) fleet.close();
    await gateway.close();
  });

  async function connect(
    options: Partial<FleetOptions<Ap3000Device>> = {},
    device: Ap3000Options = {},
  ): Promise<Fleet<Ap3000Device>> {
    const fleet = await Fleet.connect({
      protocol: ap3000({ replyDelayMs: [0, 0], ...device }),
      host: '127.0.0.1',
      port: gateway.port,
      devices: 1,
      reconnectDelay: { firstMs: 20, maxMs: 100 },
      ...options,
    });
    fleets.push(fleet);
    return fleet;
  }
  const only = (fleet: Fleet<Ap3000Device>): Ap3000Device => fleet.devices[0]!;

  it('A20 connects every device and has it registered', async () => {
    const fleet = await connect({ devices: 25 });
    expect(gateway.connections).toHaveLength(25);
    expect(gateway.connections.map(({ tokens }) => tokens[0])).toEqual(
      Array.from({ length: 25 }, (_, index) => `898604${(1_000_000 + index).toString().padStart(14, '0')}`),
    );
    expect(new Set(gateway.framesOf('20').map(({ physicalId }) => physicalId)).size).toBe(25);
    expect(fleet.statistics).toMatchObject({ devices: 25, connected: 25, registered: 25, errors: 0 });
  });

  it('A20 keeps the ramp', async () => {
    const started = performance.now();
    await connect({ devices: 20, rampPerS: 100 });
    expect(performance.now() - started).toBeGreaterThan(150);
  });

  it('A20 charges from order to settlement, an hour in three seconds and a bit', async () => {
    const fleet = await connect({ speed: 1200 });
    const device = only(fleet);
    device.plugIn(1, VEHICLE);
    gateway.order(device.deviceId, '82', startOrder({ orderHex: orderHexOf(7), quota: 3600 }));
    await device.waitFor('charging', { portNo: 1 });
    await fleet.settled();
    expect(gateway.of('03')).toMatchObject([{ durationS: 3600, energyKwh: 0.2, stopReason: 3 }]);
    expect(device.ledger.find(orderHexOf(7))).toMatchObject({ energyRaw: 20, acknowledged: true });
  });

  it('A20 rejects a wait that is in vain, saying what it waited for', async () => {
    const device = only(await connect());
    await expect(device.waitFor('charging', { portNo: 2, timeoutMs: 20 })).rejects.toThrow(
      `${device.deviceId} port 2 charging: not within 20 ms`,
    );
  });

  it('A20 reconnects after a cut and registers again', async () => {
    const fleet = await connect();
    const device = only(fleet);
    device.cut();
    expect(device.connected).toBe(false);
    await device.waitFor('registered');
    expect(gateway.connections).toHaveLength(2);
    expect(fleet.statistics).toMatchObject({ connected: 1, registered: 1, disconnects: 1 });
  });

  it('A20 stays away for good when it is told to, until it is told to come back', async () => {
    const device = only(await connect());
    device.cut(Infinity);
    await eventually(() => {
      expect(gateway.openConnections).toBe(0);
    });
    device.reconnect();
    await device.waitFor('registered');
  });

  it('A20 comes back by itself when the gateway was away', async () => {
    const fleet = await connect({ devices: 5 });
    const { port } = gateway;
    await gateway.close();
    await eventually(() => {
      expect(fleet.statistics.connectErrors).toBeGreaterThan(5);
    });
    gateway = await FakeGateway.listen(port);
    await fleet.ready();
  });

  it('A20 cuts all at once in a reconnect storm', async () => {
    const fleet = await connect({ devices: 30 });
    fleet.reconnectStorm();
    expect(fleet.statistics.connected).toBe(0);
    await fleet.ready();
    expect(gateway.connections).toHaveLength(60);
  });

  it('A20 says how far it came when devices do not get registered', async () => {
    gateway.silentOn.add('20');
    const fleet = await Fleet.create({ protocol: ap3000(), host: '127.0.0.1', port: gateway.port, devices: 3 });
    fleets.push(fleet);
    fleet.start();
    await expect(fleet.ready(100)).rejects.toThrow('0 of 3 devices registered after 100 ms');
  });
});
