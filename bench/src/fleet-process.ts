import { ap3000, Fleet } from '@chargebus/simulator';
import { delay } from './statistics';

/**
 * The load generator, a process of its own: virtual devices on one target, ordered over IPC one order at a time.
 * `connect` is answered with `{ deviceIds }`, `load` with `{ sent, seconds }`, `arrivals` with `{ arrivals }`.
 */
export interface FleetOrder {
  readonly connect?: {
    readonly port: number;
    readonly devices: number;
    readonly firstDeviceNo: number;
    readonly rampPerS?: number;
    /** `unanswered`: the target answers no frame, a charge begins all the same. */
    readonly vehicles: 'none' | 'plugged' | 'charging' | 'unanswered';
    readonly slavesPerHost?: number;
  };
  readonly load?: { readonly ratePerS: number; readonly seconds: number };
  /** When each start order came to its port: `[device/port, epoch ms]`. */
  readonly arrivals?: true;
}

const TICK_MS = 10;
const READY_TIMEOUT_MS = 120_000;
const LASTING_VEHICLE = { powerW: 200, needWh: 50_000 };
let fleet: Fleet | null = null;
let madeAt = 0; // epoch ms of the fleet's time 0

async function connect(order: NonNullable<FleetOrder['connect']>): Promise<string[]> {
  const target = await Fleet.create({
    protocol: ap3000({
      firstDeviceNo: order.firstDeviceNo,
      ...(order.slavesPerHost === undefined ? {} : { topology: 'host' as const, slavesPerHost: order.slavesPerHost }),
    }),
    host: '127.0.0.1',
    port: order.port,
    devices: order.devices,
    seed: order.firstDeviceNo,
    rampPerS: order.rampPerS ?? 500,
  });
  fleet = target;
  madeAt = Date.now() - target.clock.nowMs();
  target.start();
  if (order.vehicles === 'unanswered') await connected(target, order.devices);
  else await target.ready(READY_TIMEOUT_MS);
  for (const device of target.devices) {
    if (order.vehicles !== 'none') device.plugIn(1, LASTING_VEHICLE);
    if (order.vehicles === 'plugged')
      for (let portNo = 2; portNo <= device.portCount; portNo++) device.plugIn(portNo, LASTING_VEHICLE);
    if (order.vehicles === 'charging' || order.vehicles === 'unanswered') device.startLocally(1, { by: 'card' });
  }
  return target.devices.map((device) => device.deviceId);
}

async function connected(target: Fleet, devices: number): Promise<void> {
  const until = Date.now() + READY_TIMEOUT_MS;
  while (target.statistics.connected < devices) {
    if (Date.now() > until) throw new Error(`${target.statistics.connected} of ${devices} devices connected`);
    await delay(50);
  }
}

/** Sends progress frames of all devices in turn at a steady total rate; a busy socket is passed over. */
async function load({
  ratePerS,
  seconds,
}: NonNullable<FleetOrder['load']>): Promise<{ sent: number; seconds: number }> {
  const devices = fleet?.devices ?? [];
  const began = performance.now();
  let sent = 0;
  for (let turn = 0, elapsed = 0; elapsed < seconds; elapsed = (performance.now() - began) / 1000) {
    for (let tries = devices.length; sent < elapsed * ratePerS && tries > 0; tries--)
      sent += devices[turn++ % devices.length]?.sendProgress() ?? 0;
    await delay(TICK_MS);
  }
  return { sent, seconds: (performance.now() - began) / 1000 };
}

const arrivals = (): [string, number][] =>
  (fleet?.devices ?? []).flatMap((device) =>
    device.ledger.charges
      .filter((charge) => charge.source === 'platform')
      .map((charge): [string, number] => [`${device.deviceId}/${charge.portNo}`, madeAt + charge.startedAtMs]),
  );

process.on('message', (order: FleetOrder) => {
  void (async () => {
    if (order.connect !== undefined) process.send?.({ deviceIds: await connect(order.connect) });
    if (order.load !== undefined) process.send?.(await load(order.load));
    if (order.arrivals !== undefined) process.send?.({ arrivals: arrivals() });
  })();
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: 0 });
