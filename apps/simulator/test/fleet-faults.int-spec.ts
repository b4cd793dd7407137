import { eventually } from '@chargebus/testing';
import { ap3000, Fleet } from '../src';
import type { Ap3000Device, FaultPlan } from '../src';
import { SCENARIOS } from '../src/scenarios';
import { FakeGateway } from './fake-gateway';

const DEVICES = 20;

describe('Fleet with faults', () => {
  let gateway: FakeGateway;
  let fleet: Fleet<Ap3000Device>;

  beforeEach(async () => {
    gateway = await FakeGateway.listen();
  });
  afterEach(async () => {
    fleet.close();
    await gateway.close();
  });

  async function connect(faults?: Partial<FaultPlan>, model: 'dual' | 'ten-port' = 'dual'): Promise<void> {
    fleet = await Fleet.connect({
      protocol: ap3000({ model, replyDelayMs: [0, 0], reportIntervalS: Infinity }),
      host: '127.0.0.1',
      port: gateway.port,
      devices: DEVICES,
      speed: 60,
      reconnectDelay: { firstMs: 20, maxMs: 100 },
      ...(faults === undefined ? {} : { faults }),
    });
  }
  const total = (pick: (connection: FakeGateway['connections'][number]) => number): number =>
    gateway.connections.reduce((sum, connection) => sum + pick(connection), 0);
  const chargeEverywhere = (): void => {
    for (const device of fleet.devices) {
      device.plugIn(1, { powerW: 200, needWh: 500 });
      device.startLocally(1, { by: 'code', durationS: 60 });
    }
  };

  it('A20 gets every settlement through split, glued and reordered writes, without a damaged byte', async () => {
    await connect({ split: 0.5, glue: 0.3, reorder: 0.3 });
    chargeEverywhere();
    await fleet.settled();
    expect(new Set(gateway.of('03').map(({ orderHex }) => orderHex)).size).toBe(DEVICES);
    expect(total(({ stream }) => stream.discardedBytes + stream.checksumErrors)).toBe(0);
    expect(fleet.statistics.faultsInjected).toBeGreaterThan(DEVICES);
  });

  it('A20 corrupts bytes, and gets through in the end', async () => {
    await connect();
    fleet.faults.set({ corrupt: 0.3 });
    chargeEverywhere();
    await eventually(() => {
      expect(total(({ stream }) => stream.checksumErrors)).toBeGreaterThan(3);
    });
    fleet.faults.clear();
    await fleet.settled(60_000);
    expect(fleet.devices.flatMap(({ ledger }) => ledger.unsettled)).toEqual([]);
  });

  it('A20 breaks connections within frames, and settles each charge once in the end', async () => {
    await connect();
    fleet.faults.set({ cut: 0.2 });
    chargeEverywhere();
    await eventually(() => {
      expect(fleet.statistics.disconnects).toBeGreaterThan(10);
    });
    fleet.faults.clear();
    await fleet.settled(60_000);
    await fleet.ready();
    expect(new Set(gateway.of('03').map(({ orderHex }) => orderHex)).size).toBe(DEVICES);
  });

  it('A20 keeps the rate of progress-load and counts every frame that it sent', async () => {
    await connect(undefined, 'ten-port');
    const end = SCENARIOS['progress-load'].start({ fleet, framesPerS: 2000 });
    await eventually(() => {
      expect(fleet.statistics.progressSent).toBeGreaterThan(3000);
    });
    end();
    const { progressSent } = fleet.statistics;
    await eventually(() => {
      expect(gateway.of('06')).toHaveLength(progressSent);
    });
    const perOrder = new Map<string, number>();
    for (const { orderHex } of gateway.of('06')) perOrder.set(orderHex, (perOrder.get(orderHex) ?? 0) + 1);
    for (const { ledger } of fleet.devices)
      for (const { orderHex, progressSent: sent } of ledger.charges) expect(perOrder.get(orderHex)).toBe(sent);
    expect(total(({ stream }) => stream.discardedBytes + stream.checksumErrors)).toBe(0);
  });
});
