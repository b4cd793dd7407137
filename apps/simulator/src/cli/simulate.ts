import { writeFile } from 'node:fs/promises';
import { Fleet } from '../core/fleet';
import { SCENARIOS } from '../scenarios';
import type { SimulateOptions } from './options';
import { protocolOf } from './protocols';
import { StatisticsView } from './statistics-view';
import type { Screen } from './statistics-view';

const SETTLE_WITHIN_MS = 60_000;

/** Runs until `stopped`, or for the asked duration. False: `--settle` was asked for and not everything was settled. */
export async function simulate(options: SimulateOptions, screen: Screen, stopped: AbortSignal): Promise<boolean> {
  const { target, devices } = options;
  const fleet = await Fleet.create({
    ...target,
    protocol: protocolOf(options),
    devices,
    seed: options.seed,
    speed: options.speed,
    rampPerS: options.ramp,
    faults: options.fault,
    localAddresses: options.localAddress,
  });
  const view = new StatisticsView(
    screen,
    `${devices} ${options.protocol === 'ap3000' ? options.model : options.protocol} devices at ${target.host}:${target.port}, ${options.scenario}, speed ${options.speed}`,
  );
  const show = (): void => {
    view.show(fleet.statistics.snapshot(), performance.now());
  };
  const shown = setInterval(show, options.statistics * 1000);
  const storms =
    options.storm === null
      ? null
      : setInterval(() => {
          fleet.reconnectStorm(options.storm?.share);
        }, options.storm.everyS * 1000);
  try {
    show();
    fleet.start();
    const endScenario = SCENARIOS[options.scenario].start({ fleet, framesPerS: options.rate });
    await until(stopped, options.duration);
    endScenario();
    if (storms !== null) clearInterval(storms);
    return options.settle ? await settle(fleet, screen) : true;
  } finally {
    clearInterval(shown);
    if (storms !== null) clearInterval(storms);
    show();
    fleet.close();
    if (options.ledger !== null) await writeLedger(fleet, options.ledger);
  }
}

async function until(stopped: AbortSignal, durationS: number | null): Promise<void> {
  if (stopped.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = durationS === null ? null : setTimeout(resolve, durationS * 1000);
    stopped.addEventListener('abort', () => {
      if (timer !== null) clearTimeout(timer);
      resolve();
    });
  });
}

/** Everybody unplugs; then the platform has a minute to answer every settlement. */
async function settle(fleet: Fleet, screen: Screen): Promise<boolean> {
  fleet.faults.clear();
  for (const device of fleet.devices) for (let portNo = 1; portNo <= device.portCount; portNo++) device.unplug(portNo);
  try {
    await fleet.settled(SETTLE_WITHIN_MS);
    return true;
  } catch (error) {
    screen.write(`not settled: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

async function writeLedger(fleet: Fleet, file: string): Promise<void> {
  const devices = fleet.devices.map(({ deviceId, ledger }) => ({ deviceId, charges: ledger.charges }));
  await writeFile(file, `${JSON.stringify(devices, null, 2)}\n`);
}
