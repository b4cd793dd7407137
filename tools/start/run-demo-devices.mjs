// Child process of npm start: the street of virtual devices, and the device whose sockets always have a vehicle.
import { createRequire } from 'node:module';
import * as demo from './demo-devices.mjs';

const require = createRequire(import.meta.url);
const simulator = require('@chargebus/simulator');

const [deviceHost, devicePort, stationHost, stationPort] = process.argv.slice(2);
const DOORS = {
  devices: { host: deviceHost, port: Number(devicePort) },
  stations: { host: stationHost, port: Number(stationPort) },
};
const LASTING_VEHICLE = { powerW: 480, needWh: 4_000 };

const connect = ({ door = 'devices', ...fleet }) => simulator.Fleet.connect({ ...fleet, ...DOORS[door] });
const [waiting, ...street] = await Promise.all([demo.waiting(simulator), ...demo.street(simulator)].map(connect));
// One charge in every fleet from the beginning: nobody likes an empty screen.
for (const { devices } of street) {
  const [first] = devices;
  first.plugIn(1);
  first.startLocally(1, { by: 'card', cardOrCodeHex: demo.CARD });
}
const endings = street.map((fleet) => simulator.SCENARIOS.mixed.start({ fleet, framesPerS: 0 }));

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
  for (const ending of endings) ending();
  for (const fleet of [waiting, ...street]) fleet.close();
  process.exit(0);
}
for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, end);
process.send?.('ready');
