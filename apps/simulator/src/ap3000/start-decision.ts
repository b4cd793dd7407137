import type { Vehicle } from '../core/vehicle';

/** Results of 82 (§7.5). */
export const START_RESULT = {
  done: 0x00,
  noCharger: 0x01,
  sameState: 0x02,
  portFault: 0x03,
  noSuchPort: 0x04,
  ambiguousPort: 0x05,
  totalPower: 0x06,
  memory: 0x07,
  relayOrFuse: 0x08,
  relayStuck: 0x09,
  shortCircuit: 0x0a,
  smoke: 0x0b,
  overVoltage: 0x0c,
  underVoltage: 0x0d,
  noResponse: 0x0e,
} as const;

export const ANY_PORT = 0xff;

/** What a port's state means for a start. */
export interface PortView {
  readonly vehicle: Vehicle | null;
  readonly fault: number | null; // status code of §7.1
  readonly charging: boolean;
}
export interface DeviceView {
  readonly ports: readonly PortView[];
  readonly smoke: boolean;
  readonly voltageV: number;
  readonly limits: { readonly overVoltageV: number; readonly underVoltageV: number };
  readonly totalPowerW: number;
}
export interface StartVerdict {
  readonly result: number;
  readonly port: number; // wire port it is about
  readonly charges: boolean;
  readonly waitingPortsMask?: number; // only with `ambiguousPort`
}

/** Port faults with a result of their own; every other one is answered `portFault`. */
const FAULT_RESULT: Readonly<Record<number, number>> = {
  0x06: START_RESULT.memory,
  0x09: START_RESULT.relayStuck,
  0x0b: START_RESULT.relayOrFuse,
  0x0e: START_RESULT.relayStuck,
};
const LOAD_SHORT_CIRCUIT = 0x0d;

/** Whether and where a charge starts. `shortCircuitCheck`: the pre-check was asked for (value 2). */
export function decideStart(port: number, shortCircuitCheck: boolean, device: DeviceView): StartVerdict {
  if (port === ANY_PORT) return decideAnyPort(shortCircuitCheck, device);
  const refuse = (result: number): StartVerdict => ({ result, port, charges: false });
  const view = device.ports[port];
  if (view === undefined) return refuse(START_RESULT.noSuchPort);
  if (device.smoke) return refuse(START_RESULT.smoke);
  if (view.charging) return refuse(START_RESULT.sameState);
  if (device.voltageV > device.limits.overVoltageV) return refuse(START_RESULT.overVoltage);
  if (device.voltageV < device.limits.underVoltageV) return refuse(START_RESULT.underVoltage);
  if (view.fault === LOAD_SHORT_CIRCUIT && shortCircuitCheck) return refuse(START_RESULT.shortCircuit);
  if (view.fault !== null && view.fault !== LOAD_SHORT_CIRCUIT) {
    const result = FAULT_RESULT[view.fault] ?? START_RESULT.portFault;
    return { result, port, charges: result === START_RESULT.relayStuck && view.vehicle !== null };
  }
  if (view.vehicle === null) return refuse(START_RESULT.noCharger);
  if (powerInUse(device) + view.vehicle.powerW > device.totalPowerW) return refuse(START_RESULT.totalPower);
  return { result: START_RESULT.done, port, charges: true };
}

function decideAnyPort(shortCircuitCheck: boolean, device: DeviceView): StartVerdict {
  const waiting = device.ports.flatMap((view, port) => (view.vehicle !== null && !view.charging ? [port] : []));
  const [only] = waiting;
  if (only === undefined) return { result: START_RESULT.noCharger, port: ANY_PORT, charges: false };
  if (waiting.length === 1) return decideStart(only, shortCircuitCheck, device);
  const waitingPortsMask = waiting.reduce((mask, port) => mask | (1 << port), 0);
  return { result: START_RESULT.ambiguousPort, port: ANY_PORT, charges: false, waitingPortsMask };
}

const powerInUse = (device: DeviceView): number =>
  device.ports.reduce((sum, view) => sum + (view.charging ? (view.vehicle?.powerW ?? 0) : 0), 0);
