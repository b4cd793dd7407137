import type { VirtualDevice } from '../core/protocol';
import type { Scenario, Stage } from './scenario';

/** Never full while a benchmark runs. */
const LASTING_VEHICLE = { powerW: 200, needWh: 50_000 };
const TURN_MS = 10;
const LARGEST_DEBT_S = 0.5; // after a pause of the process the rate is kept, the past is not made up for

/** Puts a vehicle on every port and starts it as with an offline card, unless somebody has started it already. */
function startEverywhere(device: VirtualDevice): void {
  for (let portNo = 1; portNo <= device.portCount; portNo++) {
    if (device.portState(portNo) === 'charging') continue;
    device.plugIn(portNo, LASTING_VEHICLE);
    device.startLocally(portNo, { by: 'card' });
  }
}

/** Keeps `framesPerS` reports flowing, device after device in turn; frames are patched templates, one write per device. */
function pump({ fleet, framesPerS }: Stage): () => void {
  const { devices } = fleet;
  let turn = 0;
  let debt = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    debt = Math.min(debt + ((now - last) / 1000) * framesPerS, framesPerS * LARGEST_DEBT_S);
    last = now;
    for (let tried = 0; debt >= 1 && tried < devices.length; tried++) {
      debt -= devices[turn]?.sendProgress() ?? 0;
      turn = (turn + 1) % devices.length;
    }
  }, TURN_MS);
  return () => {
    clearInterval(timer);
  };
}

export const progressLoad: Scenario = {
  summary: 'every port charges and reports, at --rate frames per second altogether (for benchmarks)',
  start: (stage) => {
    for (const device of stage.fleet.devices) startEverywhere(device);
    return pump(stage);
  },
};
