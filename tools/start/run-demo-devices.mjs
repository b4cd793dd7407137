// Child process of npm start: a small street of virtual devices, and one device whose sockets always have a vehicle.
import { createRequire } from 'node:module';
import { STREET, WAITING } from './demo-devices.mjs';

const require = createRequire(import.meta.url);
const { ap3000, Fleet } = require('@chargebus/simulator');
const { SCENARIOS } = require('@chargebus/simulator/dist/scenarios');

const [host, port] = process.argv.slice(2);
const LASTING_VEHICLE = { powerW: 480, needWh: 4_000 };
const FIRST_CHARGES = 3;

const connect = ({ firstDeviceNo, devices, speed }) =>
  Fleet.connect({
    protocol: ap3000({ firstDeviceNo, heartbeatIntervalS: 30, reportIntervalS: 10 * speed }),
    host,
    port: Number(port),
    devices,
    speed,
  });
const [street, waiting] = await Promise.all([connect(STREET), connect(WAITING)]);
for (const device of street.devices.slice(0, FIRST_CHARGES)) {
  device.plugIn(1);
  device.startLocally(1, { by: 'card' });
}
const endScenario = SCENARIOS.mixed.start({ fleet: street, framesPerS: 0 });

/** When one vehicle is charged and gone, the next one comes. */
function keepPluggedIn() {
  for (const device of waiting.devices)
    for (let portNo = 1; portNo <= device.portCount; portNo++) {
      if (device.portState(portNo) === 'finished') device.unplug(portNo);
      if (device.portState(portNo) === 'idle') device.plugIn(portNo, LASTING_VEHICLE);
    }
}
keepPluggedIn();
const refilled = setInterval(keepPluggedIn, 5_000);

function end() {
  clearInterval(refilled);
  endScenario();
  street.close();
  waiting.close();
  process.exit(0);
}
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, end);
process.send?.('ready');
